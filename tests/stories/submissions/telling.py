"""Somebody who tells their story, with nothing but forms: as a browser without scripts does it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from stories.submissions.links import find_submission
from stories.submissions.models import Submission
from tests.factories.people import PersonFactory

TEXT = "Op een ochtend kwam ik mijn bed niet meer uit.\n\nMijn buurvrouw belde aan."
START = "/nl/tell-your-story/"


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no {name} on the page"
    return found[1]


@dataclass
class Teller:
    client: Client
    home: str
    """The private address."""

    @classmethod
    def who_begins(cls, start: str = START, **fields: Any) -> Teller:
        client = Client(enforce_csrf_checks=True)
        page = client.get(start).content.decode()
        form = {name: hidden(page, name) for name in ("word", "campaign")}
        response = client.post(start, {**form, **fields})
        assert response.status_code == 302, response.content.decode()
        return cls(client, response["Location"].removesuffix("story/"))

    @property
    def submission(self) -> Submission:
        found = find_submission(self.home.rstrip("/").split("/")[-1])
        assert found is not None
        return found

    def read(self, step: str = "") -> str:
        return self.client.get(f"{self.home}{step}").content.decode()

    def fill(self, step: str, **fields: Any) -> Any:
        """What the step shows, with ``fields`` typed over it."""
        return self.client.post(
            f"{self.home}{step}/", {"word": hidden(self.read(f"{step}/"), "word"), **fields}
        )

    def tell(self, text: str = TEXT, *ticks: str, **about: Any) -> Teller:
        """Everything up to the last step."""
        self.fill("story", text=text, helped="Een kop koffie\nDe huisarts")
        self.fill("about", **{"name": "Mila", "age_band": "35-44", "region": "ostbelgien", **about})
        self.fill("agree", general="on", email="mila@example.org", **dict.fromkeys(ticks, "on"))
        return self

    def send(self, after: timedelta = timedelta(minutes=5)) -> Teller:
        Submission.objects.filter(pk=self.submission.pk).update(created_at=timezone.now() - after)
        response = self.client.post(f"{self.home}check/")
        assert response.status_code == 302
        return self


def sent(text: str = TEXT, *ticks: str, **about: Any) -> Teller:
    return Teller.who_begins().tell(text, *ticks, **about).send()


def moderator(**fields: Any) -> Client:
    client = Client()
    client.force_login(PersonFactory(group="Moderators", **fields))
    return client


def photo(mode: str = "JPEG", place: bool = True, size: tuple[int, int] = (64, 48)) -> SimpleUploadedFile:
    """A picture that tells where it was taken."""
    file, exif = BytesIO(), Image.Exif()
    if place:
        exif[0x010F] = "Camera of Mila"
        exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", size, "teal").save(file, mode, exif=exif)
    return SimpleUploadedFile("../../mila.php", file.getvalue(), "text/html")
