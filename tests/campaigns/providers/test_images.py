"""Images as they leave: small enough, upright, and without the place they were taken."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from campaigns.providers.base import OutgoingImage
from campaigns.providers.images import UnreadableImage, check_readable, fit

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def encoded(picture: Image.Image, kind: str, **options: Any) -> OutgoingImage:
    output = BytesIO()
    picture.save(output, kind, **options)
    return OutgoingImage(output.getvalue(), f"image/{kind.lower()}", "Een bankje.", *picture.size)


def opened(image: OutgoingImage) -> Image.Image:
    return Image.open(BytesIO(image.content))


def noise(width: int, height: int, mode: str = "RGB") -> Image.Image:
    bands = [Image.effect_noise((width, height), 120) for _band in Image.new(mode, (1, 1)).getbands()]
    return Image.merge(mode, bands) if len(bands) > 1 else bands[0]


def test_place_camera_and_comment_are_left_behind_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # turned a quarter
    exif[MAKE] = "Camera of Lena"
    exif.get_ifd(GPS)[2] = (50.0, 51.0, 5.0)
    photo = encoded(noise(60, 40), "JPEG", exif=exif, comment=b"at Lena's house", xmp=b"<x>Lena</x>")
    assert b"Lena" in photo.content

    sent = fit(photo, max_bytes=1_000_000, max_side=2_000)

    assert b"Lena" not in sent.content
    assert dict(opened(sent).getexif()) == {}
    assert (sent.width, sent.height) == opened(sent).size == (40, 60)
    assert sent.alt == "Een bankje."


def test_words_in_a_png_are_left_behind() -> None:
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", "Lena")
    drawing = encoded(Image.new("RGB", (40, 40), "navy"), "PNG", pnginfo=words)

    sent = fit(drawing, max_bytes=1_000_000, max_side=2_000)

    assert sent.mime_type == "image/png"
    assert b"Lena" not in sent.content


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("GIF", "P"), ("WEBP", "RGBA"), ("JPEG", "CMYK"), ("PNG", "I;16"), ("JPEG", "L")])  # fmt: skip
def test_every_kind_of_image_comes_out_readable_and_small_enough(kind: str, mode: str) -> None:
    picture = Image.new(mode, (700, 500)) if mode == "I;16" else noise(700, 500).convert(mode)

    sent = fit(encoded(picture, kind), max_bytes=60_000, max_side=600)

    assert len(sent.content) <= 60_000
    assert opened(sent).size == (sent.width, sent.height)
    assert max(sent.width, sent.height) <= 600
    assert Image.MIME[opened(sent).format or ""] == sent.mime_type


def test_a_drawing_with_see_through_parts_keeps_them_while_it_fits() -> None:
    drawing = encoded(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG")

    sent = fit(drawing, max_bytes=100_000, max_side=2_000)

    assert opened(sent).convert("RGBA").getpixel((5, 5)) == (0, 0, 0, 0)


def test_see_through_parts_become_white_paper_when_it_must_be_a_photo() -> None:
    picture = noise(400, 400, "RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, 200, 400))

    sent = fit(encoded(picture, "PNG"), max_bytes=60_000, max_side=400)

    colour = opened(sent).convert("RGB").getpixel((sent.width // 4, sent.height // 2))
    assert isinstance(colour, tuple)
    assert min(colour) > 240


def test_the_colour_profile_stays() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo = encoded(noise(60, 40), "JPEG", icc_profile=profile)

    assert opened(fit(photo, max_bytes=1_000_000, max_side=2_000)).info["icc_profile"] == profile


def test_the_same_image_gives_the_same_bytes() -> None:
    photo = encoded(noise(300, 200), "JPEG")

    assert fit(photo, max_bytes=20_000, max_side=250) == fit(photo, max_bytes=20_000, max_side=250)


def test_an_image_of_far_too_many_pixels_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("campaigns.providers.images.MAX_PIXELS", 100)

    with pytest.raises(UnreadableImage):
        check_readable(encoded(Image.new("1", (11, 10)), "PNG").content)


PHOTO = encoded(noise(50, 50), "JPEG").content


@settings(max_examples=200)
@given(st.one_of(st.binary(max_size=200), st.integers(0, len(PHOTO)).map(lambda end: PHOTO[:end])))
def test_damaged_files_are_refused_in_one_way_only(content: bytes) -> None:
    try:
        fit(OutgoingImage(content, "image/jpeg", "x", 1, 1), max_bytes=100_000, max_side=100)
    except UnreadableImage:
        pass
    else:
        check_readable(content)
