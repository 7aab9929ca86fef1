"""MP4 and M4A: boxes within boxes. What is not needed to play becomes free space, and times become zero.

ISO/IEC 14496-12. Phones write places into ``udta`` and ``meta``, editors into ``uuid``; cameras that follow a route make
a track of it: such a file is refused, for its samples stand among those of the picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .patches import HoldsMore, Patch, Steps, Unreadable, number, zeros

AT_MOST = 100_000  # boxes
MEDIA = {b"soun", b"vide"}
HEADERS_WITH_TIMES = {b"mvhd", b"tkhd", b"mdhd"}
EMPTY = {b"free", b"skip", b"wide"}
# What each box may hold; what is not named here is overwritten.
WITHIN = {
    b"": {b"ftyp", b"styp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"ssix"},
    b"moov": {b"mvhd", b"trak", b"mvex"},
    b"trak": {b"tkhd", b"edts", b"mdia"},
    b"mdia": {b"mdhd", b"hdlr", b"elng", b"minf"},
    b"minf": {b"vmhd", b"smhd", b"dinf", b"stbl", b"hdlr"},
    b"dinf": {b"dref"},
    b"stbl": {
        *(
            b"stsd",
            b"stts",
            b"ctts",
            b"cslg",
            b"stsc",
            b"stsz",
            b"stz2",
            b"stco",
            b"co64",
            b"stss",
            b"stps",
            b"stsh",
        ),
        *(b"sdtp", b"sbgp", b"sgpd", b"subs", b"saiz", b"saio", b"padb"),
    },
    b"mvex": {b"mehd", b"trex", b"leva"},
    b"moof": {b"mfhd", b"traf"},
    b"traf": {b"tfhd", b"tfdt", b"trun", b"sbgp", b"sgpd", b"subs", b"saiz", b"saio", b"sdtp"},
}


class Box(NamedTuple):
    kind: bytes
    at: int
    body: int
    end: int


def patches(data: bytes) -> Iterator[Patch]:
    steps = Steps(AT_MOST)
    kinds = {box.kind for box in _boxes(data, 0, len(data), steps)}
    if not {b"ftyp", b"moov"} <= kinds:
        raise Unreadable
    yield from _cleaned(data, b"", 0, len(data), steps)


def _boxes(data: bytes, at: int, end: int, steps: Steps) -> Iterator[Box]:
    while at < end:
        steps.take()
        size, body = number(data, at, 4), at + 8
        if size == 1:
            size, body = number(data, at + 8, 8), at + 16
        elif size == 0:  # to the end of the file
            size = end - at
        if size < body - at or at + size > end:
            raise Unreadable
        yield Box(data[at + 4 : at + 8], at, body, at + size)
        at += size


def _cleaned(data: bytes, parent: bytes, start: int, end: int, steps: Steps) -> Iterator[Patch]:
    for box in _boxes(data, start, end, steps):
        if box.kind in EMPTY or box.kind not in WITHIN[parent]:
            yield Patch(box.at + 4, b"free")
            yield zeros(box.body, box.end)
        elif box.kind in WITHIN:
            yield from _cleaned(data, box.kind, box.body, box.end, steps)
        elif box.kind in HEADERS_WITH_TIMES:
            yield zeros(box.body + 4, box.body + 4 + (16 if number(data, box.body, 1) == 1 else 8))
        elif box.kind == b"hdlr":
            yield _nameless(data, box, parent)
        elif box.kind == b"dref":
            _check_sources(data, box, steps)


def _nameless(data: bytes, box: Box, parent: bytes) -> Patch:
    """The name of a handler follows 24 bytes. In ``mdia`` it also tells what the track is."""
    if box.end - box.body < 24:
        raise Unreadable
    if parent == b"mdia" and data[box.body + 8 : box.body + 12] not in MEDIA:
        raise HoldsMore
    return zeros(box.body + 24, box.end)


def _check_sources(data: bytes, box: Box, steps: Steps) -> None:
    """Sound and picture stand in this file: an entry that leads elsewhere holds the name of a disk or an address."""
    for entry in _boxes(data, box.body + 8, box.end, steps):
        if any(data[entry.body + 4 : entry.end]):
            raise HoldsMore
