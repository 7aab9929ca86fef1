"""What people upload: pictures lose what the camera told, documents are what they say, the rest is refused."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override
from PIL import Image, PngImagePlugin
from wagtail.models import Collection

from core.models import CustomImage, User
from core.uploads import without_metadata

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
PLACE = b"50 deg 51 Maastricht"


def exif(orientation: int = 1) -> bytes:
    data = Image.Exif()
    data[ORIENTATION] = orientation
    data[MAKE] = "Camera of Mila"
    data.get_ifd(GPS)[29] = "2026:03:02"
    data.get_ifd(GPS)[27] = PLACE
    return data.tobytes()


def drawn(size: tuple[int, int] = (40, 20)) -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    return picture


def saved(image_format: str, **options: Any) -> bytes:
    output = io.BytesIO()
    drawn().save(output, format=image_format, **options)
    return output.getvalue()


def telling(image_format: str, orientation: int = 1) -> bytes:
    """A picture that tells where it was taken, in every way its format has."""
    if image_format == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Location", PLACE.decode())
        notes.add_itxt("XML:com.adobe.xmp", PLACE.decode())
        return saved("PNG", exif=exif(orientation), pnginfo=notes)
    if image_format == "GIF":
        return saved("GIF", comment=PLACE)
    options = {"exif": exif(orientation), "xmp": b"<x:xmpmeta>" + PLACE}
    if image_format == "JPEG":
        options["comment"] = PLACE
    return saved(image_format, **options)


def is_red(pixel: Any) -> bool:
    return pixel[0] > 200 and pixel[2] < 60


def upload(content: bytes, name: str = "mila.jpg") -> CustomImage:
    return CustomImage.objects.create(title="Mila", file=ContentFile(content, name=name))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("image_format", "name"),
    [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp"), ("AVIF", "a.avif"), ("GIF", "a.gif")],
)
def test_the_stored_file_tells_nothing_of_place_time_or_camera(image_format: str, name: str) -> None:
    content = telling(image_format)
    assert PLACE in content
    image = upload(content, name)
    with image.file.open("rb") as file:
        stored = file.read()
    assert PLACE not in stored
    assert b"Camera of Mila" not in stored
    with Image.open(io.BytesIO(stored)) as picture:
        assert picture.format == image_format
        assert not picture.getexif()
        assert not {"comment", "xmp", "Location", "XML:com.adobe.xmp"} & set(picture.info)
    assert image.file_size == len(stored)


@pytest.mark.django_db
def test_the_picture_stands_upright_without_the_note_that_said_how() -> None:
    image = upload(telling("JPEG", orientation=6))  # held so that it has to be turned a quarter to the right
    assert (image.width, image.height) == (20, 40)
    with Image.open(image.file) as picture:
        assert picture.size == (20, 40)
        assert is_red(picture.getpixel((10, 4)))
        assert not is_red(picture.getpixel((10, 36)))


@pytest.mark.django_db
def test_the_colours_stay_what_they_were() -> None:
    profile = b"a colour profile"
    image = upload(saved("JPEG", icc_profile=profile))
    with Image.open(image.file) as picture:
        assert picture.info["icc_profile"] == profile
        assert is_red(picture.getpixel((4, 10)))


@pytest.mark.parametrize(("image_format", "name"), [("GIF", "a.gif"), ("WEBP", "a.webp"), ("PNG", "a.png")])
def test_a_moving_picture_keeps_moving(image_format: str, name: str) -> None:
    output = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    frames[0].save(
        output, format=image_format, save_all=True, append_images=frames[1:], duration=[100, 200, 300], loop=0
    )
    with Image.open(without_metadata(ContentFile(output.getvalue(), name=name))) as picture:
        assert picture.n_frames == 3
        assert picture.info["loop"] == 0
        durations = []
        for number in range(3):
            picture.seek(number)
            picture.load()
            durations.append(picture.info["duration"])
        assert durations == [100, 200, 300]


@pytest.mark.django_db
def test_a_picture_is_written_anew_once() -> None:
    image = upload(telling("JPEG"))
    before = image.file.name, image.file_hash
    image.title = "Mila by the river"
    image.save()
    assert (image.file.name, image.file_hash) == before


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "content",
    [
        SVG,
        b"",
        b"<html>",
        b"\x00" * 100,
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        saved("BMP"),
        saved("TIFF"),
        saved("JPEG")[:300],
    ],
    ids=["svg", "empty", "html", "zeros", "postscript", "bmp", "tiff", "half a jpeg"],
)
def test_what_is_no_picture_of_the_allowed_kinds_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(ValidationError) as caught:
        without_metadata(ContentFile(content, name="mila.jpg"))
    with override("en"):
        assert caught.value.messages == [
            "This file is not a picture that can be read. Choose a JPEG, PNG, WebP, AVIF or GIF."
        ]


def bomb(size: tuple[int, int]) -> bytes:
    """A small file that says it is a huge picture."""
    content = bytearray(saved("PNG"))
    content[16:24] = struct.pack(">II", *size)
    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    return bytes(content)


@pytest.mark.parametrize("size", [(9000, 9000), (20000, 20000)], ids=["81 million", "400 million"])
def test_a_picture_that_would_fill_the_memory_is_refused_unread(size: tuple[int, int]) -> None:
    with override("en"), pytest.raises(ValidationError, match="more than 64 million points"):
        without_metadata(ContentFile(bomb(size), name="bomb.png"))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["../../../etc/cron.d/mila.jpg", "..\\mila.jpg", "/etc/mila.jpg"])
def test_a_name_cannot_leave_the_folder(name: str, settings: Any) -> None:
    image = CustomImage.objects.create(title="Mila", file=SimpleUploadedFile(name, saved("JPEG")))
    assert image.file.name.startswith("original_images/")
    assert Path(image.file.path).resolve().parent == (settings.MEDIA_ROOT / "original_images").resolve()


# --- in the admin, where people meet the refusals ---------------------------------------------------


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("mia@example.org", "drie klanken een akkoord"))
    return client


def send(client: Client, content: bytes, name: str, language: str = "nl") -> Any:
    root = Collection.get_first_root_node().pk
    return client.post(
        "/admin/images/add/",
        {"title": "Mila", "file": SimpleUploadedFile(name, content), "collection": root},
        headers={"accept-language": language},
    )


@pytest.mark.django_db
def test_an_editor_uploads_a_photo_and_it_is_clean(staff: Client) -> None:
    response = send(staff, telling("JPEG", orientation=6), "mila.jpg")
    assert response.status_code == 302
    image = CustomImage.objects.get()
    assert (image.width, image.height) == (20, 40)
    with image.file.open("rb") as file:
        assert PLACE not in file.read()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "name"),
    [
        (SVG, "mila.svg"),
        (SVG, "mila.png"),
        (saved("PNG"), "mila.jpg"),
        (bomb((20000, 20000)), "mila.png"),
        (saved("JPEG")[:300], "mila.jpg"),
        (saved("JPEG"), "mila.php"),
    ],
    ids=["svg", "svg named png", "png named jpg", "bomb", "half a jpeg", "wrong name"],
)
def test_an_editor_reads_one_sentence_at_the_field_and_nothing_is_stored(
    staff: Client, content: bytes, name: str
) -> None:
    response = send(staff, content, name)
    assert response.status_code == 200
    assert len(response.context["form"].errors["file"]) == 1
    assert not CustomImage.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Dit bestand is geen afbeelding die te lezen is. Kies een JPEG, PNG, WebP, AVIF of GIF."),
        ("de", "Diese Datei ist kein lesbares Bild. Wählen Sie ein JPEG, PNG, WebP, AVIF oder GIF."),
        ("fr", "Ce fichier n’est pas une image lisible. Choisissez un JPEG, PNG, WebP, AVIF ou GIF."),
    ],
)
def test_the_sentence_is_in_the_language_of_the_editor(staff: Client, language: str, sentence: str) -> None:
    response = send(staff, saved("JPEG")[:300], "mila.jpg", language)
    assert response.context["form"].errors["file"] == [sentence]


@pytest.mark.django_db
def test_a_portrait_in_an_account_loses_its_metadata_too(staff: Client) -> None:
    response = staff.post(
        "/admin/account/",
        {
            "name_email-first_name": "Mia",
            "name_email-last_name": "Maes",
            "name_email-email": "mia@example.org",
            "locale-preferred_language": "nl",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
            "avatar-avatar": SimpleUploadedFile("mia.jpg", telling("JPEG")),
        },
    )
    assert response.status_code == 302
    with User.objects.get().wagtail_userprofile.avatar.open("rb") as file:
        assert PLACE not in file.read()
