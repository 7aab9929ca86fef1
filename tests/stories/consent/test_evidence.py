"""The file that proves a consent: looked at before it is kept, kept where nobody gets at it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from stories.consent.models import AuditEntry, ConsentRecord
from stories.models import StoryPage
from tests.factories.consents import real_story
from tests.stories.consent.officers import pdf, record_at, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> StoryPage:
    return real_story()


@pytest.fixture
def desk() -> Client:
    return signed_in("Consent officers")


def png() -> bytes:
    file = BytesIO()
    Image.new("RGB", (20, 20), "white").save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("formulier.pdf", b"MZ\x90\x00" + b"\x00" * 100),
        ("formulier.pdf", b"\x7fELF\x02\x01\x01"),
        ("formulier.pdf", b"#!/bin/sh\nrm -rf /\n%PDF-1.7"),
        ("foto.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("foto.png", b"\x89PNG\r\n\x1a\n" + b"geen plaatje"),
        ("foto.jpg", b"<html><script>alert(1)</script>"),
        ("../../etc/passwd", b"root:x:0:0"),
    ],
)
def test_a_program_is_no_evidence(name: str, content: bytes, desk: Client, story: StoryPage) -> None:
    response = record_at(
        desk, story, how="paper", evidence=SimpleUploadedFile(name, content, "application/pdf")
    )
    assert "Kies een PDF" in response.content.decode()
    assert not ConsentRecord.objects.exists()


def test_a_file_that_is_too_large_is_refused(desk: Client, story: StoryPage, settings: Any) -> None:
    settings.CONSENT_EVIDENCE_MAX_SIZE = 1024**2
    large = SimpleUploadedFile("f.pdf", b"%PDF-1.7" + b"0" * 1024**2)
    assert "te groot: hooguit 1 MB" in record_at(desk, story, how="paper", evidence=large).content.decode()


def test_evidence_lies_where_no_address_leads_and_is_only_ever_saved(
    desk: Client, story: StoryPage, settings: Any
) -> None:
    record_at(desk, story, how="paper", evidence=pdf("Johanna Vermeulen.exe.pdf"))
    record = ConsentRecord.objects.get()
    path = Path(record.evidence.path)
    assert not path.is_relative_to(settings.MEDIA_ROOT)
    assert not path.stat().st_mode & 0o111
    assert not path.stat().st_mode & 0o077
    assert "Johanna" not in path.name
    response = desk.get(reverse("consent:evidence", args=[record.pk]))
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert b"".join(response).startswith(b"%PDF-")
    assert AuditEntry.objects.filter(action="evidence_seen").exists()
    assert Client().get(f"/media/{path.name}").status_code == 404


def test_a_picture_and_a_recording_are_evidence_too(desk: Client) -> None:
    for number, (name, content) in enumerate([("foto", png()), ("stem", b"OggS" + b"\x00" * 50)]):
        body = [{"type": "text", "value": f"<p>Verhaal {number}</p>"}]
        record_at(desk, real_story(body=body), how="paper", evidence=SimpleUploadedFile(name, content))
    assert {record.evidence.name.rsplit(".")[-1] for record in ConsentRecord.objects.all()} == {"png", "ogg"}
