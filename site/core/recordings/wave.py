"""WAV: a RIFF file of chunks. Sound is in ``fmt``, ``fact`` and ``data``; names, dates and places are in all others
(``LIST``, ``bext``, ``iXML``, ``id3``, ``_PMX``). EBU Tech 3285; Multimedia Programming Interface 1.0 (1991)."""

from __future__ import annotations

from collections.abc import Iterator

from .patches import Patch, Steps, Unreadable, number, zeros

KEPT = {b"fmt ", b"fact", b"data"}
HEAD = 8  # bytes: name and length of a chunk
AT_MOST = 10_000


def patches(data: bytes) -> Iterator[Patch]:
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise Unreadable
    steps, seen, at = Steps(AT_MOST), set(), 12
    while at + HEAD <= len(data):
        steps.take()
        name, size = data[at : at + 4], number(data, at + 4, 4, little=True)
        end = at + HEAD + size
        seen.add(name)
        if name in KEPT:
            if name == b"data":
                end = min(end, len(data))  # a recorder that was cut off leaves a length that is too large
        else:
            yield Patch(at, b"JUNK")
            yield zeros(at + HEAD, min(end, len(data)))
        if end > len(data):
            raise Unreadable
        at = end + size % 2
    if at < len(data):
        yield zeros(at, len(data))
    if not {b"fmt ", b"data"} <= seen:
        raise Unreadable
