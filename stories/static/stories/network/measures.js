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
    let end = rest.length - 1;
    while (end > 1 && textWidth([...rest.slice(0, end), "-"], size) > widest) end -= 1;
    pieces.push(rest.slice(0, end).join("") + (rest[end - 1] === "-" ? "" : "-"));
    rest = rest.slice(end);
  }
  return [...pieces, rest.join("")];
}
