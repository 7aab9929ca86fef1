"""A file that somebody sends along: looked at, written anew, and kept encrypted where no address leads.

Each file has a key of its own, which stands encrypted in the database: changing the keys of the site does not touch the
files, and a file whose row was erased can be read by nobody, not even from a backup of the disk alone.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.utils.translation import gettext_lazy as _

from core.recordings import without_notes
from core.uploads import NO_PICTURE, without_metadata
from stories.consent.evidence import TYPES, evidence_storage
from stories.submissions.models import FileKind, Submission

PICTURES = [
    (re.compile(rb"\xff\xd8\xff"), "jpg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "webp"),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), "avif"),
]
RECORDINGS = [
    (re.compile(rb"OggS"), "ogg"),
    (re.compile(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"), "mp3"),
    (re.compile(rb".{4}ftyp(M4A |M4B |isom|mp42|3gp)", re.DOTALL), "m4a"),
    (re.compile(rb"RIFF.{4}WAVE", re.DOTALL), "wav"),
]
FILM = re.compile(rb"hdlr.{8}vide", re.DOTALL)
NEITHER = _(
    "Choose a picture (JPEG, PNG, WebP, GIF) or a recording (MP3, M4A, OGG, WAV). This file is neither of them."
)
TYPES_OF_PICTURES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
}


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Stops writing at the limit, and lets the other fields of the form arrive: nothing typed is lost."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        super().handle_raw_input(*args, **kwargs)
        self.request.upload_too_large = False  # type: ignore[union-attr]

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > settings.SUBMISSIONS_FILE_MAX_SIZE:
            self.file.close()
            self.request.upload_too_large = True  # type: ignore[union-attr]
            raise SkipFile
        super().receive_data_chunk(raw_data, start)


def too_large() -> ValidationError:
    return ValidationError(
        _("This file is too large: at most %(size)d MB."),
        params={"size": settings.SUBMISSIONS_FILE_MAX_SIZE // 1024**2},
    )


def read_upload(upload: UploadedFile[Any]) -> tuple[FileKind, str, bytes]:
    """What is kept of a file: its kind, ending and content. The name and type that a browser tells are not believed.

    Raises ``ValidationError`` with one sentence for everything else.
    """
    if (upload.size or 0) > settings.SUBMISSIONS_FILE_MAX_SIZE:
        raise too_large()
    start = upload.read(32)
    upload.seek(0)
    for sign, ending in PICTURES:
        if sign.match(start):
            return FileKind.PICTURE, ending, _picture(upload)
    for sign, ending in RECORDINGS:
        if sign.match(start):
            content = upload.read()
            if ending == "m4a" and FILM.search(content):
                raise ValidationError(NEITHER)
            return FileKind.RECORDING, ending, without_notes(content, ending)
    raise ValidationError(NEITHER)


def _picture(upload: UploadedFile[Any]) -> bytes:
    """Written anew, upright, without place and camera."""
    try:
        return bytes(without_metadata(upload).read())
    except (SyntaxError, ValueError, OSError) as error:
        raise ValidationError(NO_PICTURE) from error


def keep_file(submission: Submission, kind: FileKind, ending: str, content: bytes) -> None:
    """Encrypts and keeps a file that ``read_upload`` let through. The row still has to be saved."""
    key = Fernet.generate_key()
    sealed = ContentFile(Fernet(key).encrypt(content))
    submission.file.name = evidence_storage().save(f"submissions/{uuid4().hex}.sealed", sealed)
    submission.file_key = key.decode()
    submission.file_kind, submission.file_ending = kind, ending


def has_file(submission: Submission) -> bool:
    name = submission.file.name
    return bool(name) and evidence_storage().exists(str(name))


def content_of(submission: Submission) -> bytes:
    with evidence_storage().open(str(submission.file.name)) as file:
        return Fernet(str(submission.file_key).encode()).decrypt(file.read())


def media_type_of(submission: Submission) -> str:
    types = {**TYPES, **TYPES_OF_PICTURES}
    return types.get(submission.file_ending, "application/octet-stream")


def forget_file(submission: Submission) -> None:
    """The row knows of no file any more, and its key is gone. The row still has to be saved."""
    submission.file.name = ""
    submission.file_key = submission.file_kind = submission.file_ending = ""


def delete_file(name: str | None) -> None:
    if name:
        evidence_storage().delete(name)
