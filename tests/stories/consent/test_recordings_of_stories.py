"""A recording is heard by readers while they may read its story, by its teller before that, and by nobody after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from core.models import CustomDocument
from stories.consent.actions import make_link, officer, withdraw_story
from stories.consent.models import ConsentRecord
from stories.consent.purposes import Purpose
from stories.consent.ticking import tick
from stories.models import StoryPage
from tests.factories.consents import agree, approve, consented_story, newest_content, real_story, reload
from tests.factories.pages import FactsheetPageFactory, StoryPageFactory
from tests.factories.people import PersonFactory
from tests.recordings import mp3

pytestmark = pytest.mark.django_db


@pytest.fixture
def recording() -> CustomDocument:
    made: CustomDocument = CustomDocument.objects.create(
        title="Mila", file=ContentFile(mp3(), name="mila.mp3")
    )
    return made


def playing(recording: CustomDocument) -> list[dict[str, Any]]:
    words = "<p>Ik ben Mila.</p>"
    return [{"type": "audio", "value": {"title": "Mila", "file": recording.pk, "transcript": words}}]


def status(recording: CustomDocument, client: Client | None = None) -> int:
    return (client or Client()).get(recording.url).status_code


def signed_in(group: str) -> Client:
    client = Client()
    client.force_login(
        PersonFactory(group=group), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def unpublish(story: StoryPage) -> None:
    story.unpublish()


def withdraw_voice(story: StoryPage) -> None:
    """The teller does not want to be heard any more; the story itself is not withdrawn."""
    record = ConsentRecord.objects.get(story_key=story.translation_key)
    record.ticks.filter(part=Purpose.VOICE).update(ended_at=timezone.now())


@pytest.mark.parametrize("end", [unpublish, withdraw_voice])
def test_a_recording_leaves_its_address_with_its_story(
    recording: CustomDocument, end: Callable[[StoryPage], None]
) -> None:
    story = consented_story(body=playing(recording))
    assert status(recording) == 200
    end(story)
    assert status(recording) == 404
    assert status(recording, signed_in("Editors")) == 200, "editors still hear what they work on"


def test_after_the_last_day_of_the_consent_nobody_waits_for_a_worker(recording: CustomDocument) -> None:
    story = real_story(body=playing(recording))
    with time_machine.travel(datetime(2026, 9, 1, 9, tzinfo=UTC), tick=False) as clock:
        approve(agree(story, until=datetime(2027, 3, 31, tzinfo=UTC).date()))
        newest_content(story).save_revision().publish()
        clock.move_to(datetime(2027, 3, 31, 21, 59, tzinfo=UTC))  # 23:59 in Maastricht, in summer time
        assert status(recording) == 200
        clock.move_to(datetime(2027, 3, 31, 22, 0, tzinfo=UTC))
        assert reload(story).live, "no worker came yet"
        assert status(recording) == 404
        tick()
        assert status(recording) == 404
        record = ConsentRecord.objects.get()
        record.until = datetime(2028, 3, 31, tzinfo=UTC).date()
        record.save()
        newest_content(reload(story)).save_revision().publish()
        assert status(recording) == 200, "with a new agreement it is heard again"


def test_what_is_still_read_elsewhere_stays(recording: CustomDocument) -> None:
    story = consented_story(body=playing(recording))
    StoryPageFactory(body=playing(recording), title="Een voorbeeld dat het ook laat horen")
    story.unpublish()
    assert status(recording) == 200


@pytest.mark.parametrize("room", ["nobody", "a sheet"])
def test_documents_of_others_are_not_asked_about(recording: CustomDocument, room: str) -> None:
    if room == "a sheet":
        story = consented_story(body=playing(recording))
        download = {"text": "Luister", "document": recording.pk}
        FactsheetPageFactory(body=[{"type": "download", "value": download}])
        story.unpublish()
    assert status(recording) == 200


def test_the_teller_hears_what_they_are_asked_to_approve(recording: CustomDocument) -> None:
    story = real_story(body=playing(recording))
    stranger = CustomDocument.objects.create(title="Iets", file=ContentFile(mp3(), name="iets.mp3"))
    record = agree(story)
    link = make_link(record, officer(None))[1].removeprefix("http://localhost:8000")
    page = Client().get(f"{link}read/nl/").content.decode()
    own = f"{link}read/nl/file/{recording.pk}/"
    assert f'src="{own}"' in page
    assert recording.url not in page
    assert status(recording) == 404, "readers do not hear a draft"
    heard = Client().get(own)
    assert (heard.status_code, heard["Content-Type"]) == (200, "audio/mpeg")
    assert b"".join(heard.streaming_content) == mp3()
    assert heard["Cache-Control"] == "private, no-store"
    assert Client().get(f"{link}read/nl/file/{stranger.pk}/").status_code == 404, "no key to the library"
    withdraw_story(record.story_key, officer(None))
    assert Client().get(own).status_code == 404
