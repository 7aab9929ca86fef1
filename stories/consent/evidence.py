"""The file that proves a consent: kept where no address leads, looked at before it is kept, never run."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import Storage, storages
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image

if TYPE_CHECKING:
    from stories.consent.models import ConsentRecord

# What a file begins with, and the ending it is kept under. The name and type that a browser tells are not believed.
SIGNATURES: list[tuple[int, bytes, str]] = [
    (0, b"%PDF-", "pdf"),
    (0, b"\xff\xd8\xff", "jpg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"OggS", "ogg"),
    (0, b"ID3", "mp3"),
    (4, b"ftypM4A", "m4a"),
    (8, b"WAVEfmt", "wav"),
]
TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "ogg": "audio/ogg",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
}
PICTURES = {"jpg": "JPEG", "png": "PNG"}


def evidence_storage() -> Storage:
    return storages["evidence"]


def evidence_name(record: ConsentRecord, name: str) -> str:
    """A name that tells nothing. ``name`` brings the ending that ``check_evidence`` found."""
    return f"{uuid4().hex}.{name.rsplit('.', 1)[-1]}"


def check_evidence(upload: UploadedFile[Any]) -> str:
    """The ending for a file that may be kept. Raises ``ValidationError`` with one sentence for every other file."""
    if (upload.size or 0) > settings.CONSENT_EVIDENCE_MAX_SIZE:
        raise ValidationError(
            _("This file is too large: at most %(size)d MB.")
            % {"size": settings.CONSENT_EVIDENCE_MAX_SIZE // 1024**2}
        )
    start = upload.read(32)
    upload.seek(0)
    ending = next((ending for at, mark, ending in SIGNATURES if start[at : at + len(mark)] == mark), None)
    if ending is None or (ending in PICTURES and not _is_picture(upload, PICTURES[ending])):
        raise ValidationError(
            _(
                "Choose a PDF, a picture (JPEG, PNG) or a recording (MP3, M4A, OGG, WAV). This file is none of them."
            )
        )
    return ending


def _is_picture(upload: UploadedFile[Any], kind: str) -> bool:
    try:
        with Image.open(upload, formats=[kind]) as picture:
            picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    finally:
        upload.seek(0)
    return True


def digest_of(upload: UploadedFile[Any]) -> str:
    digest = sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def media_type_of(name: str) -> str:
    return TYPES.get(name.rsplit(".", 1)[-1], "application/octet-stream")
