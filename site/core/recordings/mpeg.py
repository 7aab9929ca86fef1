"""MP3: a row of frames. What is no frame (ID3v1, ID3v2, APE, Lyrics3) is overwritten. ISO/IEC 11172-3, 13818-3."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .patches import Patch, Steps, Unreadable, zeros

HEAD = 4  # bytes of a frame's header, which tells its length
ID3_HEAD = 10
BEGINNING = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb]")  # eleven bits set, layer III
AT_MOST = 100_000  # places that look like a frame and are none
# kbit/s by the header's four bits, for layer III of MPEG 1, and of MPEG 2 and 2.5.
BITRATES = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
RATES = {
    3: (44100, 48000, 32000),
    2: (22050, 24000, 16000),
    0: (11025, 12000, 8000),
}  # Hz by the version's bits


def patches(data: bytes) -> Iterator[Patch]:
    at = _end_of_id3(data)
    if at:  # players look for it: it stays, empty
        yield Patch(3, bytes((4, 0, 0)))
        yield zeros(ID3_HEAD, at)
    frames, steps = 0, Steps(AT_MOST)
    while at < len(data):
        length = _frame(data, at)
        # A frame is believed when another follows, or the file or a note that ends it.
        if length and (frames or _frame(data, at + length)):
            frames, at = frames + 1, at + length
            continue
        start, at = at, _next_frame(data, at + 1, steps)
        yield zeros(start, at)
    if frames < 2:
        raise Unreadable


def _end_of_id3(data: bytes) -> int:
    """Where the first tag ends; 0 when there is none. Its length has seven bits a byte (ID3v2.4, section 3.1)."""
    if data[:3] != b"ID3":
        return 0
    if len(data) < ID3_HEAD or any(byte > 0x7F for byte in data[6:ID3_HEAD]):
        raise Unreadable
    size = 0
    for byte in data[6:ID3_HEAD]:
        size = size << 7 | byte
    return min(ID3_HEAD + size, len(data))


def _frame(data: bytes, at: int) -> int:
    """The length of the frame at ``at`` in bytes; 0 when there is none, or when it is cut off."""
    if at + HEAD > len(data) or not BEGINNING.match(data, at):
        return 0
    version, bitrate, rate = data[at + 1] >> 3 & 3, data[at + 2] >> 4, data[at + 2] >> 2 & 3
    if version not in RATES or bitrate in (0, 15) or rate == 3:
        return 0
    first = version == 3
    length = (
        (144 if first else 72) * 1000 * BITRATES[1 if first else 2][bitrate] // RATES[version][rate]
    ) + (data[at + 2] >> 1 & 1)
    return length if at + length <= len(data) else 0


def _next_frame(data: bytes, at: int, steps: Steps) -> int:
    """Where two frames follow each other again; the end of the file when they never do."""
    for found in BEGINNING.finditer(data, at):
        steps.take()
        length = _frame(data, found.start())
        if length and _frame(data, found.start() + length):
            return found.start()
    return len(data)
