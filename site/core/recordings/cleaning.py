from __future__ import annotations

from collections.abc import Callable, Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import iso, matroska, mpeg, vorbis, wave
from .patches import HoldsMore, Patch, Unreadable

KINDS: dict[str, Callable[[bytes], Iterator[Patch]]] = {
    "m4a": iso.patches,
    "mp3": mpeg.patches,
    "mp4": iso.patches,
    "ogg": vorbis.patches,
    "wav": wave.patches,
    "webm": matroska.patches,
}
"""Endings of the recordings that can be cleaned."""

UNREADABLE = _(
    "This recording is damaged or not complete: what it tells of place and people cannot be taken out. "
    "Save it anew and try again."
)
HOLDS_MORE = _(
    "This recording holds more than sound and picture, perhaps where it was made. "
    "Save it anew with sound and picture alone and try again."
)


def without_notes(content: bytes, ending: str) -> bytes:
    """The same sound and picture, as long as before, without what was written beside them.

    Nothing is encoded anew: notes are overwritten where they stand. Raises ``ValidationError`` with one sentence when
    the file cannot be read to its end, or holds a track that is neither sound nor picture.
    """
    try:
        return _overwritten(content, ending)
    except Unreadable as error:
        raise ValidationError(UNREADABLE) from error
    except HoldsMore as error:
        raise ValidationError(HOLDS_MORE) from error


def _overwritten(content: bytes, ending: str) -> bytes:
    cleaned = bytearray(content)
    for patch in KINDS[ending](content):
        cleaned[patch.at : patch.at + len(patch.content)] = patch.content
    if len(cleaned) != len(content):
        raise Unreadable
    return bytes(cleaned)
