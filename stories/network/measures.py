"""How wide a text is, and how it breaks into lines: whole numbers only, so that a browser counts the same.

Advance widths in thousandths of the size, in steps of fifty, of Atkinson Hyperlegible Next at weight 560: a little
wider than what labels are set in, so that another typeface fits as well.
"""

from __future__ import annotations

CHARACTERS_OF_WIDTH = {
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
}
WIDTHS = {character: width for width, characters in CHARACTERS_OF_WIDTH.items() for character in characters}
OTHER_WIDTH = 750
VOWELS = "aeiouyäöüàáâèéêëìíîïòóôùúû"
# Times the size: how far a cut may move to fall between syllables, and between the parts of a German or Dutch word.
NO_SYLLABLE, JOINT = 3, 4
STAY_TOGETHER = ("sch", "spr", "str", "br", "ch", "dr", "fr", "gr", "kr", "ph", "pr", "sp", "st", "th", "tr")
ENDS_OF_PARTS = (
    "-",
    "ungs",
    "heits",
    "keits",
    "schafts",
    "tions",
    "täts",
    "ings",
    "heids",
    "schaps",
    "teits",
)
FAR = 10**9


def text_width(text: str, size: int) -> int:
    """In units of the drawing, rounded up."""
    return -(-sum(WIDTHS.get(character, OTHER_WIDTH) for character in text) * size // 1000)


def break_lines(text: str, size: int, comfortable: int, widest: int) -> list[str]:
    """Lines of about the same length, none wider than ``comfortable`` unless one word is, none than ``widest``."""
    words = [part for word in text.split(" ") if word for part in _fit(word, size, widest)]
    lines = _fill(words, size, comfortable)
    limit = comfortable
    while limit > 40:
        narrower = _fill(words, size, limit - 8)
        if len(narrower) > len(lines):
            break
        lines, limit = narrower, limit - 8
    return lines


def shortened(lines: list[str], count: int) -> list[str]:
    """At most ``count`` of ``lines``; a text that goes on says so."""
    return lines if len(lines) <= count else [*lines[: count - 1], lines[count - 1].rstrip("-") + "…"]


def _fill(words: list[str], size: int, limit: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= limit:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _fit(word: str, size: int, widest: int) -> list[str]:
    """The word, in pieces of like widths with hyphens when it is wider than anything may be."""
    pieces: list[str] = []
    while text_width(word, size) > widest:
        count = -(-text_width(word, size) // (widest - text_width("-", size)))
        end = _cut(word, size, widest, text_width(word, size) // count)
        pieces.append(word[:end] + ("" if word[end - 1] == "-" else "-"))
        word = word[end:]
    return [*pieces, word]


def _cut(word: str, size: int, widest: int, wanted: int) -> int:
    """Where a piece of about the ``wanted`` width ends: between syllables if it can, else where it must."""
    best, least = 1, FAR
    for end in range(2, len(word) - 1):
        width = text_width(word[:end] + "-", size)
        if width > widest:
            break
        off = abs(width - wanted) + (0 if _between_syllables(word, end) else NO_SYLLABLE * size)
        off -= JOINT * size if word[:end].endswith(ENDS_OF_PARTS) else 0
        if off < least:
            best, least = end, off
    return best


def _between_syllables(word: str, end: int) -> bool:
    """Before a consonant with a vowel behind it: a rule of thumb for nl, de and fr. Or behind a hyphen."""
    if word[end - 1] == "-":
        return True
    if word[end] in VOWELS + "-" or any(start + _together(word, start) > end for start in (end - 1, end - 2)):
        return False
    behind = end + _together(word, end)
    return behind < len(word) and word[behind] in VOWELS


def _together(word: str, start: int) -> int:
    """How many letters from ``start`` on are not parted."""
    return next((len(letters) for letters in STAY_TOGETHER if word.startswith(letters, start)), 1)
