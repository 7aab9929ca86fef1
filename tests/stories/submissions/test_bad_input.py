"""What people paste and send by mistake, and what others send on purpose: one clear sentence, nothing lost."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from stories.submissions.cleaning import HIDDEN, cleaned
from stories.submissions.files import content_of
from tests.recordings import PLACE, TELLING
from tests.stories.submissions.telling import TEXT, Teller, photo

pytestmark = pytest.mark.django_db

NEITHER = "Dit bestand is geen van beide."


def kept_files(settings: Any) -> list[Path]:
    place = Path(settings.STORAGES["evidence"]["OPTIONS"]["location"])
    return [path for path in place.rglob("*") if path.is_file()]


def test_a_million_letters_come_back_with_one_sentence(teller: Teller) -> None:
    teller.fill("story", text=TEXT)
    text = "één " * 250_000
    response = teller.fill("story", text=text, helped="Wandelen")
    assert response.status_code == 422
    page = response.content.decode()
    assert "Dit is te lang: 999.999 tekens. Er is ruimte voor 20.000." in page
    assert text.strip() in page, "nothing typed is lost"
    assert teller.submission.answers["helped"] == "Wandelen", "what fits is kept"
    assert teller.submission.answers["text"] == TEXT


def test_more_than_can_be_taken_at_all_is_said_in_one_sentence(teller: Teller) -> None:
    response = teller.fill("story", text="x" * 6 * 1024**2)
    assert response.status_code == 413
    assert "Dat was veel te veel in één keer." in response.content.decode()


def test_hidden_marks_vanish_and_the_words_stay(teller: Teller) -> None:
    teller.fill("story", text="Ik\u202e was\u0000 daar\u200b.\r\nHeel\u000blang. 👩‍👩‍👧")
    assert teller.submission.answers["text"] == "Ik was daar.\nHeel\nlang. 👩‍👩‍👧"


@given(st.text())
def test_cleaning_leaves_no_hidden_mark_and_is_done_once(text: str) -> None:
    once = cleaned(text)
    assert not HIDDEN.search(once)
    assert cleaned(once) == once


def test_a_name_of_two_alphabets_is_refused_and_one_of_any_is_not(teller: Teller) -> None:
    response = teller.fill("about", name="Мila")
    assert "Schrijf dit in letters van één alfabet." in response.content.decode()
    assert 'value="Мila"' in response.content.decode()
    for name in ("Μαρία", "Мила", "Müjde-Anaïs", "王芳"):
        assert teller.fill("about", name=name).status_code == 302
        assert teller.submission.answers["name"] == name


def test_an_unknown_choice_is_refused(teller: Teller) -> None:
    assert teller.fill("about", region="'; DROP TABLE").status_code == 422


def test_markup_is_only_text(teller: Teller) -> None:
    teller.tell("<script>alert(1)</script> <b>vet</b>").send()
    assert "<script>alert" not in teller.read()
    assert "&lt;script&gt;alert" in teller.read()


# --- files ------------------------------------------------------------------------------------------


def test_a_picture_is_written_anew_without_place_and_stored_encrypted(teller: Teller, settings: Any) -> None:
    assert teller.fill("file", file=photo(), file_shows="De heuvel").status_code == 302
    submission = teller.submission
    content = content_of(submission)
    with Image.open(BytesIO(content)) as picture:
        assert not picture.getexif()
        assert picture.format == "JPEG"
    assert b"Mila" not in content
    [path] = kept_files(settings)
    assert path.suffix == ".sealed"
    assert "mila" not in str(path.name)
    assert content[:20] not in path.read_bytes()


@pytest.mark.parametrize("ending", ["m4a", "mp3", "ogg", "wav"])
def test_a_recording_is_known_by_its_content_and_kept_without_its_place(teller: Teller, ending: str) -> None:
    response = teller.fill("file", file=SimpleUploadedFile("stem.exe", TELLING[ending], "image/png"))
    assert response.status_code == 302
    submission = teller.submission
    assert (submission.file_kind, submission.file_ending) == ("recording", ending)
    content = content_of(submission)
    assert len(content) == len(TELLING[ending])
    assert PLACE not in content


def test_a_recording_that_is_cut_off_is_refused_and_the_description_is_kept(
    teller: Teller, settings: Any
) -> None:
    file = SimpleUploadedFile("stem.m4a", TELLING["m4a"][:400], "audio/mp4")
    response = teller.fill("file", file=file, file_shows="Mijn stem")
    assert response.status_code == 422
    assert "Deze opname is beschadigd of niet volledig" in response.content.decode()
    assert "Mijn stem" in response.content.decode()
    assert kept_files(settings) == []


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0 a program",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.7",
        b"\0\0\0\x20ftypisom" + b"\0" * 40 + b"hdlr" + b"\0" * 8 + b"vide" + b"\0" * 40,
        b"",
    ],
    ids=["program", "svg", "html", "pdf", "film", "empty"],
)
def test_everything_else_is_refused_in_one_sentence(teller: Teller, content: bytes, settings: Any) -> None:
    file = SimpleUploadedFile("foto.jpg", content, "image/jpeg")
    response = teller.fill("file", file=file, file_shows="Mijn tuin")
    assert response.status_code == 422
    assert NEITHER in response.content.decode()
    assert "Mijn tuin" in response.content.decode()
    assert kept_files(settings) == []


def test_a_damaged_picture_is_refused(teller: Teller) -> None:
    file = SimpleUploadedFile("foto.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "image/png")
    page = teller.fill("file", file=file).content.decode()
    assert "Dit bestand is geen afbeelding die te lezen is." in page


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_an_image_bomb_is_refused_without_being_opened(teller: Teller, settings: Any) -> None:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + _chunk(b"IEND", b"")
    )
    response = teller.fill("file", file=SimpleUploadedFile("foto.png", bomb, "image/png"))
    assert response.status_code == 422
    assert "64 miljoen" in response.content.decode()
    assert kept_files(settings) == []


def test_a_huge_file_is_not_even_written_and_the_other_field_is_kept(teller: Teller, settings: Any) -> None:
    settings.SUBMISSIONS_FILE_MAX_SIZE = 1024**2
    file = SimpleUploadedFile("film.jpg", b"\xff\xd8\xff" + b"x" * 3 * 1024**2, "image/jpeg")
    response = teller.fill("file", file=file, file_shows="De brug bij avond")
    assert response.status_code == 422
    assert "Dit bestand is te groot: hooguit 1 MB." in response.content.decode()
    assert teller.submission.answers["file_shows"] == "De brug bij avond"


def test_another_file_replaces_the_first_and_none_is_left_behind(teller: Teller, settings: Any) -> None:
    teller.fill("file", file=photo())
    teller.fill("file", file=photo("PNG"))
    assert teller.submission.file_ending == "png"
    assert len(kept_files(settings)) == 1
    teller.fill("file", remove="1")
    assert not teller.submission.file_kind
    assert kept_files(settings) == []
