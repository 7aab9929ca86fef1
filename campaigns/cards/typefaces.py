"""The site's own typefaces (SIL Open Font License, see ``core/static/core/fonts``) for pictures.

Each face is two files: Latin, and what is rarer. A letter that is in neither has no picture, and is refused by name
instead of being drawn as an empty box.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from django.apps import apps
from PIL import ImageFont

FOLDER = Path("static/core/fonts")
NOT_A_LETTER = "\U0010fffd"  # private use: every face draws its empty box for it
DRAWN_AS = str.maketrans({"\u2011": "-", "\u00ad": "", "\u200b": "", "\u2060": ""})


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface at one weight. ``optical`` is the optical size, for a face that has such an axis."""

    name: str
    weight: int
    optical: int | None = None


VOICE = Face("literata", 560, optical=40)
PLAIN = Face("atkinson-next", 450)
PLAIN_BOLD = Face("atkinson-next", 640)


@lru_cache(maxsize=512)
def font(face: Face, size: int, part: str = "latin") -> ImageFont.FreeTypeFont:
    """The face at ``size`` points (= pixels here). ``part`` is ``latin`` or ``latin-ext``."""
    folder = Path(apps.get_app_config("core").path) / FOLDER
    loaded = ImageFont.truetype(str(folder / f"{face.name}-{part}.woff2"), size)
    axes: list[float] = [face.weight]
    if face.optical is not None and part == "latin":
        axes.insert(0, face.optical)
    loaded.set_variation_by_axes(axes)
    return loaded


@lru_cache(maxsize=4096)
def part_of(face: Face, letter: str) -> str:
    """In which file of the face ``letter`` is; empty when it is in none."""
    for part in ("latin", "latin-ext"):
        drawn, box = (font(face, 40, part).getmask(one) for one in (letter, NOT_A_LETTER))
        if drawn.size != box.size or bytes(drawn) != bytes(box):
            return part
    return ""


def cleaned(text: str) -> str:
    """``text`` in composed letters, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\r", "\n").split("\n")).strip()


def missing_letters(face: Face, text: str) -> list[str]:
    """Letters that the face cannot draw, each once, in their order."""
    letters = dict.fromkeys(text.translate(DRAWN_AS))
    return [letter for letter in letters if not letter.isspace() and not part_of(face, letter)]


def runs(face: Face, text: str) -> Iterator[tuple[str, str]]:
    """``text`` as it is drawn, cut into pieces of one file each: (part, piece)."""
    drawn = text.translate(DRAWN_AS)
    for part, letters in groupby(drawn, key=lambda letter: part_of(face, letter) or "latin"):
        yield part, "".join(letters)


@lru_cache(maxsize=1 << 16)
def width_of(face: Face, size: int, text: str) -> float:
    """Width in pixels of ``text`` in one line."""
    return sum(font(face, size, part).getlength(piece) for part, piece in runs(face, text))
