"""Making an image fit a network: upright, small enough, and without what a camera wrote into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from campaigns.providers.base import OutgoingImage

READABLE_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MAX_PIXELS = 60_000_000  # a phone makes 50 million; decoding takes 4 bytes of memory for each
JPEG_QUALITIES = (90, 80, 70)
SCALES = (1.0, 0.75, 0.5, 0.35, 0.2, 0.1)


class UnreadableImage(ValueError):
    """The bytes are no image of a kind that can be read, or one that is far too large."""


def check_readable(content: bytes) -> None:
    """Look at the header only. Raises ``UnreadableImage``."""
    _open(content).close()


def fit(image: OutgoingImage, *, max_bytes: int, max_side: int) -> OutgoingImage:
    """``image`` encoded anew, at most ``max_bytes`` and ``max_side`` pixels. Raises ``UnreadableImage``.

    Place, time and camera (EXIF, XMP, comments) are left behind; the colour profile stays. The same
    bytes give the same bytes again.
    """
    with _open(image.content) as opened:
        is_drawing = opened.format in ("PNG", "GIF")
        try:
            picture = _plain(opened)
        except (OSError, SyntaxError, ValueError) as error:
            raise UnreadableImage("the file is damaged") from error
    picture.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    for size, mime_type, content in _encodings(picture, lossless=is_drawing or picture.mode == "RGBA"):
        if len(content) <= max_bytes:
            return replace(image, content=content, mime_type=mime_type, width=size[0], height=size[1])
    raise UnreadableImage(f"no encoding fits {max_bytes} bytes")


def _open(content: bytes) -> Image.Image:
    try:
        picture = Image.open(BytesIO(content), formats=READABLE_FORMATS)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise UnreadableImage("not an image that can be read") from error
    if picture.width * picture.height > MAX_PIXELS:
        picture.close()
        raise UnreadableImage("too many pixels")
    return picture


def _plain(opened: Image.Image) -> Image.Image:
    """The first frame, upright, in RGB or RGBA, with nothing attached but the profile it is still valid for."""
    profile = opened.info.get("icc_profile") if opened.mode in ("RGB", "RGBA") else None
    upright = ImageOps.exif_transpose(opened)
    picture = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    picture.info = {"icc_profile": profile} if profile else {}
    return picture


def _encodings(picture: Image.Image, *, lossless: bool) -> Iterator[tuple[tuple[int, int], str, bytes]]:
    """Size, type and bytes, from the best to the smallest."""
    profile = picture.info.get("icc_profile")
    if lossless:
        yield picture.size, "image/png", _encoded(picture, "PNG", optimize=True, icc_profile=profile)
    if picture.mode == "RGBA":
        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture)
        picture = paper.convert("RGB")
    for scale in SCALES:
        smaller = ImageOps.scale(picture, scale) if scale < 1 else picture
        for quality in JPEG_QUALITIES:
            content = _encoded(smaller, "JPEG", quality=quality, optimize=True, icc_profile=profile)
            yield smaller.size, "image/jpeg", content


def _encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    output = BytesIO()
    picture.save(output, kind, **options)
    return output.getvalue()
