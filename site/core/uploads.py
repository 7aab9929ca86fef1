"""Files that people upload are distrusted: a picture or a recording is kept without what a device told of place and
time, a document has to be what its name says, and what does not fit is refused in one sentence."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, ImageSequence

from core.recordings import KINDS, without_notes

NO_PICTURE = _("This file is not a picture that can be read. Choose a JPEG, PNG, WebP, AVIF or GIF.")

# How each kind is written anew. MPO is several JPEGs in one file, as some phones make them.
FORMATS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 92, "optimize": True, "progressive": True},
    "MPO": {"quality": 92, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "GIF": {},
    "WEBP": {"quality": 90},
    "AVIF": {"quality": 85},
}
DECODERS = [image_format for image_format in FORMATS if image_format != "MPO"]  # JPEG's reads it
# What says how the picture looks; all else that a file tells about itself goes.
KEPT = {"icc_profile", "transparency", "duration", "loop", "disposal", "background", "gamma"}
HEAD = 65536  # bytes of a document that are looked at


class CleanPicture(ContentFile[bytes]):
    """A picture written by ``without_metadata``: it need not be written twice."""


class CleanRecording(ContentFile[bytes]):
    """Sound or film as ``clean_recording`` leaves it: it need not be looked at twice."""


def without_metadata(file: File[bytes]) -> CleanPicture:
    """The same picture, turned upright, without EXIF, GPS, XMP, IPTC or comments.

    Raises ``ValidationError`` when the file is no picture, is damaged, or has more points than
    ``WAGTAILIMAGES_MAX_IMAGE_PIXELS``.
    """
    file.seek(0)
    try:
        with Image.open(file, formats=DECODERS) as picture:
            check_size(picture)
            content = write_anew(picture)
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise ValidationError(NO_PICTURE) from error
    except Image.DecompressionBombError as error:
        raise too_large() from error
    return CleanPicture(content, name=file.name)


def check_size(picture: Image.Image) -> None:
    frames = getattr(picture, "n_frames", 1)
    if picture.width * picture.height * frames > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise too_large()


def too_large() -> ValidationError:
    millions = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000
    return ValidationError(
        _("This picture has more than %(millions)d million points. Make it smaller and try again."),
        params={"millions": millions},
    )


def write_anew(picture: Image.Image) -> bytes:
    image_format = picture.format or ""
    options = dict(FORMATS[image_format])
    if "icc_profile" in picture.info:
        options["icc_profile"] = picture.info["icc_profile"]
    output = io.BytesIO()
    if image_format != "MPO" and getattr(picture, "is_animated", False):
        frames = [bare(frame.copy()) for frame in ImageSequence.Iterator(picture)]
        options["duration"] = [frame.info.get("duration", 100) for frame in frames]
        frames[0].save(output, format=image_format, save_all=True, append_images=frames[1:], **options)
    else:
        picture.load()
        bare(ImageOps.exif_transpose(picture)).save(
            output, format="JPEG" if image_format == "MPO" else image_format, **options
        )
    return output.getvalue()


def bare(picture: Image.Image) -> Image.Image:
    picture.info = {key: value for key, value in picture.info.items() if key in KEPT}
    picture.getexif().clear()
    return picture


def ending_of(file: File[bytes]) -> str:
    return PurePath(file.name or "").suffix.lower().removeprefix(".")


def clean_recording(file: File[bytes]) -> File[bytes]:
    """Sound or film without what was written beside it; any other file as it is.

    Raises ``ValidationError`` when a recording cannot be cleaned.
    """
    ending = ending_of(file)
    if ending not in KINDS or isinstance(file, CleanRecording):
        return file
    file.seek(0)
    return CleanRecording(without_notes(file.read(), ending), name=file.name)


def check_document(file: File[bytes]) -> None:
    """Raises ``ValidationError`` unless the content is of the kind that the name says."""
    extension = ending_of(file)
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    fits = True
    if extension == "pdf":
        fits = b"%PDF-" in head[:1024]
    elif extension in PARTS_OF_ARCHIVES:
        fits = is_archive_with(PARTS_OF_ARCHIVES[extension], file)
    elif extension in ("csv", "ics", "txt"):
        fits = b"\0" not in head
    elif extension in MEDIA_SIGNS:
        fits = MEDIA_SIGNS[extension].match(head) is not None
    file.seek(0)
    if not fits:
        raise ValidationError(
            {
                "file": ValidationError(
                    _(
                        "This file is not what its name says: its content is no “%(kind)s”. Save it anew and try again."
                    ),
                    params={"kind": extension},
                )
            }
        )


# How recordings and captions begin: MPEG audio with or without ID3, ISO media, Ogg, RIFF, Matroska, WebVTT.
MEDIA_SIGNS = {
    "m4a": re.compile(rb".{4}ftyp", re.DOTALL),
    "mp3": re.compile(rb"ID3|\xff[\xe0-\xff]"),
    "mp4": re.compile(rb".{4}ftyp", re.DOTALL),
    "ogg": re.compile(rb"OggS"),
    "vtt": re.compile(rb"(\xef\xbb\xbf)?WEBVTT(?![^ \t\r\n])"),
    "wav": re.compile(rb"RIFF.{4}WAVE", re.DOTALL),
    "webm": re.compile(rb"\x1a\x45\xdf\xa3"),
}

# Office documents are archives; this is the part that tells one kind from another.
PARTS_OF_ARCHIVES = {"docx": "word/document.xml", "odt": "content.xml", "xlsx": "xl/workbook.xml", "zip": ""}


def is_archive_with(part: str, file: File[bytes]) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            return not part or part in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
