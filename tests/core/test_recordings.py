"""Sound and film are kept without what a device wrote beside them, or they are not kept."""

from __future__ import annotations

import io
from typing import Any

import mutagen
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen.ogg import OggPage

from core.models import CustomDocument
from core.recordings import KINDS, without_notes
from tests.factories.people import PersonFactory
from tests.recordings import PLACE, PLAIN, TELLING, box, file, ogg, with_box_in_moov


def stored(document: CustomDocument) -> bytes:
    with document.file.storage.open(document.file.name) as kept:
        return bytes(kept.read())


@pytest.mark.django_db
@pytest.mark.parametrize("ending", KINDS)
def test_the_stored_file_tells_no_place(ending: str) -> None:
    assert PLACE in TELLING[ending]
    document = CustomDocument.objects.create(title="Mila", file=ContentFile(TELLING[ending], f"a.{ending}"))
    content = stored(document)
    assert PLACE not in content
    assert b"Mila" not in content
    assert document.file_size == len(content) == len(TELLING[ending])
    assert without_notes(content, ending) == content, "nothing is left to take out"


@pytest.mark.django_db
@pytest.mark.parametrize("ending", KINDS)
def test_what_is_uploaded_in_the_admin_is_stored_without_its_place(ending: str, client: Client) -> None:
    client.force_login(PersonFactory(group="Moderators"))
    upload = SimpleUploadedFile(f"stem.{ending}", TELLING[ending])
    response = client.post(reverse("wagtaildocs:add"), {"title": "Stem", "file": upload})
    assert response.status_code == 302
    document = CustomDocument.objects.get()
    assert PLACE not in stored(document)
    replaced = SimpleUploadedFile(f"stem2.{ending}", TELLING[ending])
    client.post(reverse("wagtaildocs:edit", args=[document.pk]), {"title": "Stem", "file": replaced})
    document.refresh_from_db()
    assert "stem2" in document.file.name
    assert PLACE not in stored(document)


@pytest.mark.django_db
def test_one_that_cannot_be_read_is_refused_at_the_field(client: Client) -> None:
    client.force_login(PersonFactory(group="Moderators"))
    with override("nl"):
        upload = SimpleUploadedFile("stem.m4a", TELLING["m4a"][:300])
        response = client.post(reverse("wagtaildocs:add"), {"title": "De stem van Mila", "file": upload})
    page = response.content.decode()
    assert "Deze opname is beschadigd of niet volledig" in page
    assert "De stem van Mila" in page
    assert not CustomDocument.objects.exists()


@pytest.mark.parametrize("ending", KINDS)
def test_sound_and_picture_stay_where_they_are(ending: str) -> None:
    """What changes lies outside of what is played: a recording without notes keeps nearly all of its bytes."""
    before, after = PLAIN[ending], without_notes(PLAIN[ending], ending)
    assert len(after) == len(before)
    changed = sum(a != b for a, b in zip(before, after, strict=True))
    assert changed < 80


@pytest.mark.parametrize("ending", ["mp3", "ogg", "wav"])
def test_another_program_finds_no_notes_and_the_same_length(ending: str) -> None:
    cleaned = mutagen.File(io.BytesIO(without_notes(TELLING[ending], ending)))
    assert not cleaned.tags
    before = mutagen.File(io.BytesIO(TELLING[ending]))
    assert cleaned.info.length == pytest.approx(before.info.length, abs=0.01)


def test_times_and_names_of_devices_go_from_a_film() -> None:
    cleaned = without_notes(PLAIN["mp4"], "mp4")
    assert b"VideoHandler" in PLAIN["mp4"]
    assert b"VideoHandler" not in cleaned
    times = cleaned.index(b"mvhd") + 8
    assert PLAIN["mp4"][times : times + 16].strip(b"\0")
    assert not cleaned[times : times + 16].strip(b"\0")


def test_pages_of_ogg_carry_a_right_checksum() -> None:
    stream = io.BytesIO(without_notes(TELLING["ogg"], "ogg"))
    while stream.tell() < len(TELLING["ogg"]):
        start = stream.tell()
        page = OggPage(stream)
        assert page.write() == stream.getvalue()[start : stream.tell()]


def film_with_a_route() -> bytes:
    handler = box(b"hdlr", bytes(8) + b"meta" + bytes(12) + b"\0")
    return with_box_in_moov(file("film.mp4"), box(b"trak", box(b"mdia", handler)))


def webm_with_a_route() -> bytes:
    return PLAIN["webm"].replace(b"\x83\x81\x02", b"\x83\x81\x21")  # the type of a track: metadata


@pytest.mark.parametrize(
    ("ending", "content"),
    [("mp4", film_with_a_route()), ("webm", webm_with_a_route()), ("ogg", ogg() + ogg())],
    ids=["mp4", "webm", "two in one ogg"],
)
def test_a_track_that_is_neither_sound_nor_picture_is_refused(ending: str, content: bytes) -> None:
    with override("nl"), pytest.raises(ValidationError, match="meer dan geluid en beeld"):
        without_notes(content, ending)


@pytest.mark.parametrize("ending", KINDS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_refused_or_cleaned_and_never_breaks_anything(ending: str, data: Any) -> None:
    content = bytearray(TELLING[ending][: data.draw(st.integers(0, len(TELLING[ending])))])
    for __ in range(data.draw(st.integers(0, 4)) if content else 0):
        content[data.draw(st.integers(0, min(len(content), 900) - 1))] = data.draw(st.integers(0, 255))
    try:
        cleaned = without_notes(bytes(content), ending)
    except ValidationError:
        return
    assert len(cleaned) == len(content)


@pytest.mark.parametrize("ending", KINDS)
@pytest.mark.parametrize("content", [b"", b"\xff" * 400_000, bytes(400_000), b"\xff\xfb\x90\x64" * 200_000])
def test_a_file_of_tricks_is_refused_soon(ending: str, content: bytes) -> None:
    with pytest.raises(ValidationError):
        without_notes(content, ending)
