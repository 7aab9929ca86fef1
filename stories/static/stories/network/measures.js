// How wide a text is, and how it breaks into lines. The same as stories/network/measures.py: a test compares both.

const CHARACTERS_OF_WIDTH = {
  250: ",.:;'|j‘’",
  300: " !il¡ìíîï",
  350: '()[]"`´·f',
  400: "-_{}rt°ª¯",
  450: "/\\1I¨ÌÍÎÏ²³¹“”",
  500: "*syzýÿ¿c",
  550: "vxk7?çaeLJàáâãäåèéêë",
  600: "<>FhnouñòóôõöøùúûübdgpqE9~^2ÈÉÊËðþ",
  650: "+$53TSPVYZ4=ßÝBR68",
  700: "0CKAXÇÀÁÂÃÄÅDUÙÚÛÜ€",
  750: "HGNOQÑÒÓÔÕÖØw#…&",
  900: "@Mm—Wæ½¼",
  1050: "%ÆœŒ",
};
const OTHER_WIDTH = 750;
const VOWELS = "aeiouyäöüàáâèéêëìíîïòóôùúû";
// Times the size: how far a cut may move to fall between syllables, and between the parts of a German or Dutch word.
const [NO_SYLLABLE, JOINT] = [3, 4];
const ENDS_OF_PARTS = "- ungs heits keits schafts tions täts ings heids schaps teits".split(" ");
const STAY_TOGETHER = "sch spr str br ch dr fr gr kr ph pr sp st th tr".split(" ");
const WIDTHS = new Map(
  Object.entries(CHARACTERS_OF_WIDTH).flatMap(([width, characters]) =>
    Array.from(characters, (character) => [character, Number(width)]),
  ),
);

export function textWidth(text, size) {
  let sum = 0;
  for (const character of text) sum += WIDTHS.get(character) ?? OTHER_WIDTH;
  return Math.ceil((sum * size) / 1000);
}

export function breakLines(text, size, comfortable, widest) {
  const words = text
    .split(" ")
    .filter((word) => word)
    .flatMap((word) => fit(word, size, widest));
  let lines = fill(words, size, comfortable);
  let limit = comfortable;
  while (limit > 40) {
    const narrower = fill(words, size, limit - 8);
    if (narrower.length > lines.length) break;
    lines = narrower;
    limit -= 8;
  }
  return lines;
}

function fill(words, size, limit) {
  const lines = [];
  for (const word of words) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && textWidth(longer, size) <= limit) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function fit(word, size, widest) {
  const pieces = [];
  let rest = Array.from(word);
  while (textWidth(rest, size) > widest) {
    const count = Math.ceil(textWidth(rest, size) / (widest - textWidth("-", size)));
    const end = cut(rest, size, widest, Math.floor(textWidth(rest, size) / count));
    pieces.push(rest.slice(0, end).join("") + (rest[end - 1] === "-" ? "" : "-"));
    rest = rest.slice(end);
  }
  return [...pieces, rest.join("")];
}

function cut(word, size, widest, wanted) {
  let best = 1;
  let least = Infinity;
  for (let end = 2; end < word.length - 1; end += 1) {
    const width = textWidth([...word.slice(0, end), "-"], size);
    if (width > widest) break;
    let off = Math.abs(width - wanted) + (betweenSyllables(word, end) ? 0 : NO_SYLLABLE * size);
    if (ENDS_OF_PARTS.some((letters) => word.slice(0, end).join("").endsWith(letters))) off -= JOINT * size;
    if (off < least) [best, least] = [end, off];
  }
  return best;
}

function betweenSyllables(word, end) {
  if (word[end - 1] === "-") return true;
  const parted = [end - 1, end - 2].some((start) => start + together(word, start) > end);
  if (parted || [...VOWELS, "-"].includes(word[end])) return false;
  return [...VOWELS].includes(word[end + together(word, end)]);
}

function together(word, start) {
  const found = STAY_TOGETHER.find((letters) => [...letters].every((letter, index) => word[start + index] === letter));
  return found ? found.length : 1;
}
