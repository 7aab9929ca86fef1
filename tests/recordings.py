"""Recordings as people send them, small enough to be written out here, and what devices write into them."""

from __future__ import annotations

import io
import struct
import wave
from pathlib import Path

from mutagen.apev2 import APEv2
from mutagen.id3 import ID3, TIT2, TXXX
from mutagen.ogg import OggPage

FILES = Path(__file__).parent / "core" / "recordings"
PLACE = b"+50.8503+005.6889/"
"""A place as phones write it (ISO 6709)."""


def file(name: str) -> bytes:
    """A recording that a browser made: ``film.mp4``, ``film.webm``, ``voice.m4a``."""
    return (FILES / name).read_bytes()


def wav() -> bytes:
    output = io.BytesIO()
    with wave.open(output, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\x10\x20" * 800)
    return output.getvalue()


def mp3() -> bytes:
    """Silence: four frames of MPEG 1 layer III, 128 kbit/s at 44.1 kHz, 417 bytes each."""
    return (b"\xff\xfb\x90\x64" + bytes(413)) * 4


def ogg(*, comments: bytes = b"") -> bytes:
    """Opus: three packets of silence, with ``comments`` (already counted and measured) in its second packet."""
    tags = b"OpusTags" + _text(b"Recorder of Mila") + (comments or bytes(4))
    packets = [struct.pack("<8sBBHIHB", b"OpusHead", 1, 1, 0, 48000, 0, 0), tags, *[b"\xf8\xff\xfe"] * 3]
    pages = OggPage.from_packets(packets[:1]) + OggPage.from_packets(packets[1:2], sequence=1)
    pages += OggPage.from_packets(packets[2:], sequence=pages[-1].sequence + 1)
    pages[0].first, pages[-1].last, pages[-1].position = True, True, 2880
    return b"".join(page.write() for page in pages)


def _text(text: bytes) -> bytes:
    return struct.pack("<I", len(text)) + text


def telling_wav() -> bytes:
    info = b"INFO" + b"IART" + _text(PLACE)
    chunks = wav()[12:]
    for name, content in ((b"LIST", info), (b"bext", PLACE * 9), (b"iXML", b"<L>" + PLACE), (b"_PMX", PLACE)):
        chunks += name + _text(content) + bytes(len(content) % 2)
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def telling_mp3() -> bytes:
    """Tags in front and behind: ID3v2, ID3v1 and APE."""
    output = io.BytesIO(mp3())
    tags = ID3()
    tags.add(TIT2(text=PLACE.decode()))
    tags.add(TXXX(desc="GPS", text=PLACE.decode()))
    tags.save(output, v1=2)
    ape = APEv2()
    ape["Location"] = PLACE.decode()
    ape.save(output)
    return output.getvalue()


def telling_ogg(size: int = 70_000) -> bytes:
    """Comments that go on over two pages, as a picture of a cover makes them."""
    place, cover = b"LOCATION=" + PLACE, b"METADATA_BLOCK_PICTURE=" + b"Q" * size + PLACE
    return ogg(comments=struct.pack("<I", 2) + _text(place) + _text(cover))


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def with_box_in_moov(recording: bytes, extra: bytes) -> bytes:
    """``extra`` at the end of ``moov``. Only for recordings in fragments, whose offsets count from each fragment."""
    at = recording.index(b"moov") - 4
    size = int.from_bytes(recording[at : at + 4], "big")
    grown = recording[at + 4 : at + size] + extra
    return recording[:at] + struct.pack(">I", size + len(extra)) + grown + recording[at + size :]


def telling_iso(recording: bytes) -> bytes:
    """A place as phones write it, keys as QuickTime does, XMP as editors do."""
    place = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(PLACE), 0x15C7) + PLACE))
    keys = box(b"meta", bytes(4) + box(b"ilst", box(b"\xa9nam", box(b"data", bytes(8) + PLACE))))
    return with_box_in_moov(recording, place + keys) + box(b"uuid", bytes(16) + b"<x:xmpmeta>" + PLACE)


def element(name: bytes, content: bytes) -> bytes:
    return name + (len(content) | 1 << 56).to_bytes(8, "big") + content


def telling_webm(recording: bytes) -> bytes:
    """Tags and an attachment, in a segment that does not know its length, as in a live recording."""
    tag = element(b"\x67\xc8", element(b"\x45\xa3", b"LOCATION") + element(b"\x44\x87", PLACE))
    tags = element(b"\x12\x54\xc3\x67", element(b"\x73\x73", tag))
    attached = element(b"\x19\x41\xa4\x69", element(b"\x61\xa7", element(b"\x46\x6e", PLACE)))
    segment = recording.index(b"\x18\x53\x80\x67") + 4
    size_length = 9 - recording[segment].bit_length()
    unknown = ((1 << 7 * size_length + 1) - 1).to_bytes(size_length, "big")
    return recording[:segment] + unknown + tags + attached + recording[segment + size_length :]


TELLING = {
    "m4a": telling_iso(file("voice.m4a")),
    "mp3": telling_mp3(),
    "mp4": telling_iso(file("film.mp4")),
    "ogg": telling_ogg(),
    "wav": telling_wav(),
    "webm": telling_webm(file("film.webm")),
}
"""A recording of each kind that tells where it was made, by ending."""
PLAIN = {
    "m4a": file("voice.m4a"),
    "mp3": mp3(),
    "mp4": file("film.mp4"),
    "ogg": ogg(),
    "wav": wav(),
    "webm": file("film.webm"),
}
"""The same without notes."""
