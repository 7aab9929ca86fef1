"""Documents: taken when they are what their name says, handed out as files to keep, never to run."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from core.models import CustomDocument, CustomImage
from tests.recordings import PLAIN

pytestmark = pytest.mark.django_db


def archive(*names: str) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return output.getvalue()


RIGHT = {
    "a.pdf": b"%PDF-1.7\n...",
    "a.docx": archive("[Content_Types].xml", "word/document.xml"),
    "a.xlsx": archive("xl/workbook.xml"),
    "a.odt": archive("mimetype", "content.xml"),
    "a.zip": archive("readme.txt"),
    "a.csv": "naam;plaats\nMila;Liège\n".encode("cp1252"),
    "a.ics": b"BEGIN:VCALENDAR\r\n",
    "a.txt": "Grüße".encode(),
    **{f"a.{ending}": content for ending, content in PLAIN.items()},
    "a.vtt": b"\xef\xbb\xbfWEBVTT\n\n00:00.000 --> 00:01.000\nIk ben Mila.",
}


def document(name: str, content: bytes) -> CustomDocument:
    return CustomDocument(title="Mila", file=ContentFile(content, name=name))


@pytest.mark.parametrize("name", RIGHT)
def test_a_document_that_is_what_it_says_is_taken(name: str) -> None:
    document(name, RIGHT[name]).full_clean(exclude=["collection"])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ\x90\x00"),
        ("a.pdf", b""),
        ("a.docx", archive("xl/workbook.xml")),
        ("a.docx", b"PK\x03\x04 and then nothing"),
        ("a.xlsx", b"<html><script>"),
        ("a.txt", b"\x7fELF\x00\x01"),
        ("a.mp3", b"<html><script>"),
        ("a.mp4", b"RIFF\x24\x00\x00\x00WAVEfmt "),
        ("a.webm", b"MZ\x90\x00"),
        ("a.vtt", b"WEBVTTED"),
    ],
)
def test_a_document_that_is_something_else_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(ValidationError) as caught:
        document(name, content).full_clean(exclude=["collection"])
    assert list(caught.value.message_dict) == ["file"]
    assert len(caught.value.message_dict["file"]) == 1


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.js", "a.exe", "a", "a.pdf.html", "a.docm"])
def test_kinds_that_a_browser_would_run_are_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        document(name, b"%PDF-1.7").full_clean(exclude=["collection"])


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.pdf", "application/pdf"),
        ("a.txt", "text/plain"),
        ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_a_document_is_downloaded_and_can_run_nothing(client: Client, name: str, kind: str) -> None:
    made = CustomDocument.objects.create(title="Mila", file=ContentFile(RIGHT[name], name=name))
    response = client.get(made.url)
    assert response.status_code == 200
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = response["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert b"".join(response.streaming_content) == RIGHT[name]


def test_originals_and_documents_are_not_handed_out_past_wagtail(client: Client) -> None:
    output = io.BytesIO()
    Image.new("RGB", (40, 20)).save(output, format="JPEG")
    image = CustomImage.objects.create(title="Mila", file=ContentFile(output.getvalue(), name="mila.jpg"))
    made = CustomDocument.objects.create(title="Mila", file=ContentFile(RIGHT["a.pdf"], name="a.pdf"))
    assert client.get(image.get_rendition("width-10").url).status_code == 200
    assert client.get(f"/media/{image.file.name}").status_code == 404
    assert client.get(f"/media/{made.file.name}").status_code == 404
    assert client.get("/media/images/../documents/a.pdf").status_code == 400
