"""WebM: elements within elements. What is not needed to play becomes empty space (RFC 8794, RFC 9559)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from . import vorbis
from .patches import HoldsMore, Patch, Steps, Unreadable, number, zeros

AT_MOST = 300_000  # elements: an hour and more in one piece
HEADER, SEGMENT, CLUSTER = 0x1A45DFA3, 0x18538067, 0x1F43B675
SEEK_HEAD, SEEK, SEEK_ID, INFO, TRACKS, CUES = 0x114D9B74, 0x4DBB, 0x53AB, 0x1549A966, 0x1654AE6B, 0x1C53BB6B
TRACK, TRACK_TYPE, CODEC, CODEC_PRIVATE = 0xAE, 0x83, 0x86, 0x63A2
WRITTEN_BY = {0x4D80, 0x5741}  # which program made it: has to be there, may be empty
VOID = 0xEC
PLAYED = {1, 2}  # types of tracks: picture, sound
IN_SEGMENT = {SEEK_HEAD, INFO, TRACKS, CLUSTER, CUES}
IN_INFO = {0x2AD7B1, 0x4489, *WRITTEN_BY}  # scale of times, duration
# Number, kind, length of a frame, language, codec, picture and sound: no names, no links to attachments.
IN_TRACK = {
    *(0xD7, 0x73C5, TRACK_TYPE, 0xB9, 0x88, 0x55AA, 0x9C, 0x6DE7, 0x23E383, 0x22B59C, 0x22B59D),
    *(CODEC, CODEC_PRIVATE, 0x56AA, 0x56BB, 0xE0, 0xE1, 0xAA, 0x55EE),
}


class Element(NamedTuple):
    name: int
    at: int
    body: int
    end: int


def patches(data: bytes) -> Iterator[Patch]:
    steps = Steps(AT_MOST)
    elements = list(_elements(data, 0, len(data), steps))
    if [element.name for element in elements[:2]] != [HEADER, SEGMENT]:
        raise Unreadable
    for extra in elements[2:]:
        yield from _void(extra)
    segment = elements[1]
    found = set()
    for element in _elements(data, segment.body, segment.end, steps):
        found.add(element.name)
        if element.name not in IN_SEGMENT:
            yield from _void(element)
        elif element.name == SEEK_HEAD:
            yield from _signposts(data, element, steps)
        elif element.name == INFO:
            yield from _info(data, element, steps)
        elif element.name == TRACKS:
            yield from _tracks(data, element, steps)
    if not {INFO, TRACKS} <= found:
        raise Unreadable


def _elements(data: bytes, at: int, end: int, steps: Steps) -> Iterator[Element]:
    while at < end:
        name, body, size = _head(data, at, steps)
        stop = body + size if size is not None else _open_end(data, name, body, end, steps)
        if stop > end:
            raise Unreadable
        yield Element(name, at, body, stop)
        at = stop


def _head(data: bytes, at: int, steps: Steps) -> tuple[int, int, int | None]:
    """Name, beginning and size of the content; no size when a live recording did not know how long it would be."""
    steps.take()
    name_length = _length(number(data, at, 1))
    size_at = at + name_length
    size_length = _length(number(data, size_at, 1))
    unknown = (1 << 7 * size_length) - 1
    size = number(data, size_at, size_length) & unknown
    return number(data, at, name_length), size_at + size_length, None if size == unknown else size


def _length(first: int) -> int:
    """How many bytes a number has, by the zeros its first byte begins with."""
    if not first:
        raise Unreadable
    return 9 - first.bit_length()


def _open_end(data: bytes, name: int, at: int, end: int, steps: Steps) -> int:
    """Where an element without a length ends: a cluster before the next part of the segment."""
    if name == SEGMENT:
        return end
    if name != CLUSTER:
        raise Unreadable
    while at < end:
        child, body, size = _head(data, at, steps)
        if (
            child > 0xFFFFFF
        ):  # the parts of a segment have names of four bytes, those of a cluster shorter ones
            break
        if size is None:
            raise Unreadable
        at = body + size
    return at


def _void(element: Element) -> Iterator[Patch]:
    """The whole element becomes empty space of the same length."""
    length = element.end - element.at
    if length >= 9:
        size = (length - 9) | 1 << 56
        yield Patch(element.at, bytes((VOID,)) + size.to_bytes(8, "big") + bytes(length - 9))
    else:
        yield Patch(element.at, bytes((VOID, 0x80 | length - 2)) + bytes(length - 2))


def _signposts(data: bytes, parent: Element, steps: Steps) -> Iterator[Patch]:
    """Those that lead to what is kept."""
    for element in _elements(data, parent.body, parent.end, steps):
        targets = (
            [
                int.from_bytes(data[part.body : part.end], "big")
                for part in _elements(data, element.body, element.end, steps)
                if part.name == SEEK_ID
            ]
            if element.name == SEEK
            else []
        )
        if not targets or targets[0] not in IN_SEGMENT:
            yield from _void(element)


def _info(data: bytes, parent: Element, steps: Steps) -> Iterator[Patch]:
    for element in _elements(data, parent.body, parent.end, steps):
        if element.name in WRITTEN_BY:
            yield zeros(element.body, element.end)
        elif element.name not in IN_INFO:
            yield from _void(element)


def _tracks(data: bytes, parent: Element, steps: Steps) -> Iterator[Patch]:
    for track in _elements(data, parent.body, parent.end, steps):
        if track.name != TRACK:
            yield from _void(track)
            continue
        parts = {part.name: part for part in _elements(data, track.body, track.end, steps)}
        kind = parts.get(TRACK_TYPE)
        if kind is None or int.from_bytes(data[kind.body : kind.end], "big") not in PLAYED:
            raise HoldsMore
        for part in _elements(data, track.body, track.end, steps):
            if part.name not in IN_TRACK:
                yield from _void(part)
        codec, private = parts.get(CODEC), parts.get(CODEC_PRIVATE)
        if codec and private and data[codec.body : codec.end].rstrip(b"\0") == b"A_VORBIS":
            yield _silent_vorbis(data, private)


def _silent_vorbis(data: bytes, private: Element) -> Patch:
    """Three packets with the lengths of the first two before them, 255 at a time: the second holds comments."""
    at, lengths = private.body + 1, [0, 0]
    for packet in (0, 1):
        while True:
            value = number(data, at, 1)
            at += 1
            lengths[packet] += value
            if value < 255:
                break
    start = at + lengths[0]
    end = start + lengths[1]
    if data[private.body] != 2 or end > private.end:
        raise Unreadable
    return Patch(start, vorbis.silent_comments(data[start:end], b"\x01vorbis"))
