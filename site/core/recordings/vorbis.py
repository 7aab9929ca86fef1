"""Ogg with Opus or Vorbis: the second packet holds the comments. It keeps its length and says nothing any more.

RFC 3533 (Ogg), RFC 7845 section 5.2 (Opus), Vorbis I specification section 5.
"""

from __future__ import annotations

from collections.abc import Iterator

from .patches import HoldsMore, Patch, Steps, Unreadable, number

PAGE_HEAD = 27  # bytes before the table of segments
CHECKSUM_AT = 22
FIRST_OF_STREAM = 2
AT_MOST = 300_000  # pages; 25 MB of the smallest ones a recorder makes
BEGINNINGS = {b"OpusHead": b"OpusTags", b"\x01vorbis": b"\x03vorbis"}
POLYNOMIAL = 0x04C11DB7


def _table() -> list[int]:
    table = []
    for start in range(256):
        value = start << 24
        for __ in range(8):
            value = (value << 1 ^ (POLYNOMIAL if value & 0x80000000 else 0)) & 0xFFFFFFFF
        table.append(value)
    return table


TABLE = _table()


def patches(data: bytes) -> Iterator[Patch]:
    ranges, pages = _comments(data)
    packet = b"".join(data[start:end] for start, end in ranges)
    silent = silent_comments(packet, _beginning(data))
    changed = bytearray(data)
    for start, end in ranges:
        changed[start:end], silent = silent[: end - start], silent[end - start :]
    for start, end in pages:
        changed[start + CHECKSUM_AT : start + CHECKSUM_AT + 4] = bytes(4)
        checksum = _checksum(changed[start:end])
        changed[start + CHECKSUM_AT : start + CHECKSUM_AT + 4] = checksum.to_bytes(4, "little")
        yield Patch(start, bytes(changed[start:end]))


def silent_comments(packet: bytes, beginning: bytes) -> bytes:
    """A packet of the same length in which the maker's name is a row of spaces and there is no comment."""
    mark = BEGINNINGS.get(beginning, b"")
    ending = b"\x01" if beginning == b"\x01vorbis" else b""  # Vorbis closes with a set bit
    room = len(packet) - len(mark) - 8 - len(ending)
    if not mark or not packet.startswith(mark) or room < 0:
        raise Unreadable
    return mark + room.to_bytes(4, "little") + b" " * room + bytes(4) + ending


def _beginning(data: bytes) -> bytes:
    start = PAGE_HEAD + number(data, 26, 1)
    return next((known for known in BEGINNINGS if data[start:].startswith(known)), b"")


Ranges = list[tuple[int, int]]


def _comments(data: bytes) -> tuple[Ranges, Ranges]:
    """Where the bytes of the second packet stand, and the pages they stand on. Raises ``HoldsMore`` for a second stream."""
    steps, at, packet = Steps(AT_MOST), 0, 0
    ranges: Ranges = []
    pages: Ranges = []
    while at < len(data):
        steps.take()
        if data[at : at + 4] != b"OggS":
            raise Unreadable
        if at and number(data, at + 5, 1) & FIRST_OF_STREAM:
            raise HoldsMore  # a film, or another recording with comments of its own
        segments = number(data, at + 26, 1)
        sizes, body = data[at + PAGE_HEAD : at + PAGE_HEAD + segments], at + PAGE_HEAD + segments
        end = body + sum(sizes)
        if end > len(data) or len(sizes) < segments:
            raise Unreadable
        for size in sizes:
            if packet == 1:
                ranges.append((body, body + size))
                if pages[-1:] != [(at, end)]:
                    pages.append((at, end))
            body += size
            packet += size < 255  # a shorter segment ends a packet
        at = end
    if packet < 2:
        raise Unreadable
    return ranges, pages


def _checksum(page: bytes | bytearray) -> int:
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ TABLE[value >> 24 ^ byte]
    return value
