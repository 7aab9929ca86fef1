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
    """The word, in pieces with hyphens when it is wider than anything may be."""
    pieces: list[str] = []
    while text_width(word, size) > widest:
        end = len(word) - 1
        while end > 1 and text_width(word[:end] + "-", size) > widest:
            end -= 1
        pieces.append(word[:end] + ("" if word[end - 1] == "-" else "-"))
        word = word[end:]
    return [*pieces, word]
