"""What people send by mistake or on purpose: much too large, named to climb out of its folder, unreadable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from wagtail.models import Collection

from core.models import CustomDocument, CustomImage
from core.publishing import MayNotGoOnline
from tests.factories.pages import StandardPageFactory, StoryPageFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

HUNDRED_MB = 100 * 1024**2


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(PersonFactory(group="Editors"))
    return client


def upload(desk: Client, place: str, path: Path) -> Any:
    """As a browser sends it: the file is read from the disk, piece by piece."""
    with path.open("rb") as file:
        return desk.post(
            f"/admin/{place}/add/",
            {"title": "Mila", "file": file, "collection": Collection.get_first_root_node().pk},
            headers={"accept-language": "nl"},
        )


def file_of(path: Path, start: bytes, size: int) -> Path:
    with path.open("wb") as file:
        file.write(start)
        file.truncate(size)
    return path


@pytest.mark.parametrize(
    ("place", "name", "start"),
    [("images", "mila.jpg", b"\xff\xd8\xff\xe0"), ("documents", "mila.pdf", b"%PDF-1.7")],
)
def test_a_hundred_megabytes_are_refused_in_one_sentence(  # noqa: PLR0917
    place: str, name: str, start: bytes, desk: Client, tmp_path: Path, settings: Any
) -> None:
    response = upload(desk, place, file_of(tmp_path / name, start, HUNDRED_MB))
    assert response.status_code == 200
    [sentence] = response.context["form"].errors["file"]
    assert "MB" in sentence
    assert not CustomImage.objects.exists()
    assert not CustomDocument.objects.exists()
    assert list(Path(settings.MEDIA_ROOT).rglob(name)) == []


def test_a_document_cannot_leave_its_folder(desk: Client, settings: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    for name in ("../../../etc/cron.d/mila.pdf", "/etc/mila.pdf"):
        document = CustomDocument.objects.create(
            title="Mila",
            file=SimpleUploadedFile(name, b"%PDF-1.7"),
            collection=Collection.get_first_root_node(),
        )
        assert Path(document.file.path).resolve().parent == (settings.MEDIA_ROOT / "documents").resolve()


@pytest.mark.parametrize("field", ["title", "summary", "share_text"])
@pytest.mark.parametrize("sign", ["\u202e", "\u2067", "\x08"], ids=["override", "isolate", "backspace"])
def test_a_text_that_turns_its_direction_stays_offline(field: str, sign: str) -> None:
    with override("nl"), pytest.raises(MayNotGoOnline, match="onzichtbare tekens"):
        StandardPageFactory(**{field: f"Mila{sign}olleH"})


def test_names_in_other_scripts_are_welcome() -> None:
    page = StoryPageFactory(title="Мила и ميلة a 米拉", summary="Ζωή, Şirin, Łukasz, ’t Hooft 👩\u200d👧")
    assert page.live


def test_a_text_of_a_million_signs_goes_online() -> None:
    body = [{"type": "text", "value": "<p>" + "Iedere ochtend over de grens. " * 34_000 + "</p>"}]
    assert StandardPageFactory(body=body).live
