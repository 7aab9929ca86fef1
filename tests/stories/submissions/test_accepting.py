"""What becomes of a submission that is accepted: a draft story, with its picture or recording, that nobody can publish yet."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.rich_text import RichText

from core.sharing import SharingUse
from stories.consent.actions import TELLER, review_version
from stories.consent.actions.recording import set_purposes
from stories.consent.clearance import consent_for
from stories.consent.dates import today
from stories.consent.models import ConsentRecord, How, VersionReview
from stories.consent.purposes import Purpose
from stories.consent.versions import digest_of, newest_content
from stories.models import StoryPage
from stories.submissions.accepting import accept
from tests.factories.people import PersonFactory
from tests.recordings import TELLING
from tests.stories.submissions.telling import TEXT, Teller, hidden, moderator, photo, sent

pytestmark = pytest.mark.django_db


def at(view: str, teller: Teller) -> str:
    return reverse(f"submissions:{view}", args=[teller.submission.pk])


def test_one_action_makes_a_draft_story_that_nobody_can_publish_yet() -> None:
    desk, teller = moderator(), sent(TEXT, "web", "translation", "social_media")
    response = desk.post(at("accept", teller))
    story = StoryPage.objects.get(translation_key=teller.submission.story_key)
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert not story.live
    assert "Mijn buurvrouw belde aan." in str(story.body)
    assert [block.value for block in story.what_helped] == ["Een kop koffie", "De huisarts"]
    assert (story.teller, story.age_band, story.countries) == ("Mila", "35-44", "BE")
    record = ConsentRecord.objects.get(story_key=story.translation_key)
    assert record.purposes == set(), "what was ticked before the story was seen is a wish"
    assert record.identity["email"] == "mila@example.org"
    with pytest.raises(ValidationError):
        story.get_latest_revision().publish()
    story.refresh_from_db()
    assert not story.live


def test_the_teller_goes_on_to_their_story_and_can_bring_it_to_publishing() -> None:
    teller = sent()
    story = accept(teller.submission, PersonFactory(group="Moderators"))
    response = teller.client.post(
        f"{teller.home}agreement/", {"word": hidden(teller.read(), "word")}, follow=True
    )
    page = response.content.decode()
    assert "/my-story/" in response.redirect_chain[-1][0]
    assert story.title in page
    home = response.redirect_chain[-1][0]
    until = (today() + timedelta(days=90)).isoformat()
    teller.client.post(home, {"nonce": hidden(page, "nonce"), "web": "on", "until": until})
    reading = teller.client.get(f"{home}read/nl/").content.decode()
    teller.client.post(
        f"{home}read/nl/",
        {
            "nonce": hidden(reading, "nonce"),
            "digest": hidden(reading, "digest"),
            "decision": "approved",
        },
    )
    story.get_latest_revision().publish()
    story.refresh_from_db()
    assert story.live


def test_for_a_minor_an_officer_talks_to_the_guardian_first() -> None:
    teller = sent(age_band="under-18")
    accept(teller.submission, PersonFactory(group="Moderators"))
    assert "ouder of voogd" in teller.read()
    response = teller.client.post(f"{teller.home}agreement/", {"word": "x"})
    assert "/my-story/" not in response["Location"]
    record = ConsentRecord.objects.get()
    assert record.is_minor
    record.identity = {**record.identity, "guardian": "Een ouder"}
    record.save()
    assert "agreement/" in teller.read()


def test_a_picture_that_may_be_shown_comes_along_and_another_does_not() -> None:
    for ticks, number in ((("photo",), 1), ((), 0)):
        teller = Teller.who_begins()
        teller.fill("file", file=photo(), file_shows="De heuvel in de ochtend")
        teller.tell(TEXT, *ticks).send()
        story = accept(teller.submission, PersonFactory(group="Moderators"))
        pictures = [block.value for block in story.body if block.block_type == "image"]
        assert len(pictures) == number
        assert [picture["alt_text"] for picture in pictures] == ["De heuvel in de ochtend"] * number


@pytest.mark.parametrize(("language", "title"), [("de", "Geschichte"), ("fr", "Récit")])
def test_a_story_is_a_draft_in_the_language_it_was_told_in(language: str, title: str) -> None:
    teller = Teller.who_begins(f"/{language}/tell-your-story/").tell("Ich wohne in Eupen.").send()
    moderator().post(at("accept", teller))
    story = StoryPage.objects.get(translation_key=teller.submission.story_key)
    assert story.locale.language_code == language
    assert title in story.title
    record = ConsentRecord.objects.get()
    assert record.language == language
    set_purposes(record, {Purpose.WEB}, TELLER, how=How.ONLINE)
    reasons = " ".join(str(reason) for reason in consent_for(story, SharingUse.WEB).reasons)
    assert str(Purpose.TRANSLATION.label) not in reasons, "it is no translation"


def with_a_recording(*ticks: str) -> StoryPage:
    teller = Teller.who_begins()
    teller.fill("file", file=SimpleUploadedFile("stem.m4a", TELLING["m4a"], "audio/mp4"))
    teller.tell(TEXT, *ticks).send()
    moderator().post(at("accept", teller))
    return StoryPage.objects.get(translation_key=teller.submission.story_key)


def test_a_recording_that_may_be_heard_comes_along_and_another_does_not() -> None:
    recordings = [block.value for block in with_a_recording("voice").body if block.block_type == "audio"]
    assert [recording.media_type for recording in recordings] == ["audio/mp4"]
    assert "audio" not in {block.block_type for block in with_a_recording().body}


def test_until_the_story_is_online_staff_alone_hear_the_recording(client: Client) -> None:
    story = with_a_recording("voice")
    [address] = [block.value["file"].url for block in story.body if block.block_type == "audio"]
    assert client.get(address).status_code == 302, "asked to sign in"
    assert moderator().get(address).status_code == 200
    for block in story.body:
        if block.block_type == "audio":
            block.value["transcript"] = RichText("<p>Ik ben Mila.</p>")
    record = ConsentRecord.objects.get()
    set_purposes(record, {Purpose.WEB, Purpose.VOICE}, TELLER, how=How.ONLINE)
    story.save_revision()
    newest = newest_content(story)
    review_version(record.pk, "nl", digest_of(newest), VersionReview.Decision.APPROVED, TELLER)
    story.get_latest_revision().publish()
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("ticks", [("voice",), ("photo",)])
def test_a_recording_without_its_words_and_a_picture_without_its_description_go_nowhere(
    ticks: tuple[str, ...],
) -> None:
    if ticks == ("voice",):
        story = with_a_recording(*ticks)
    else:
        teller = Teller.who_begins()
        teller.fill("file", file=photo())
        story = accept(teller.tell(TEXT, *ticks).send().submission, PersonFactory(group="Moderators"))
    StoryPage.objects.filter(pk=story.pk).update(is_example=True)  # so that the consent has no say in it
    story.refresh_from_db()
    story.save_revision()
    with pytest.raises(ValidationError, match="Schrijf op wat er in elke opname te horen is"):
        story.get_latest_revision().publish()
    story.refresh_from_db()
    assert not story.live
