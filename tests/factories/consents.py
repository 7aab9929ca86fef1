"""Real stories with what their tellers agreed to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from stories.consent.actions import TELLER, officer, record_consent, review_version, version_in
from stories.consent.dates import today
from stories.consent.models import ConsentRecord, How, VersionReview
from stories.consent.purposes import Purpose
from stories.consent.versions import digest_of, newest_content
from stories.models import StoryPage
from tests.factories.pages import StoryPageFactory

APPROVED = VersionReview.Decision.APPROVED
EVERYTHING = tuple(Purpose)


def agree(
    story: StoryPage,
    purposes: Iterable[Purpose] = EVERYTHING,
    *,
    until: date | None = None,
    **fields: Any,
) -> ConsentRecord:
    """A consent for ``story``; the teller has said nothing about its versions yet."""
    values: dict[str, Any] = {
        "language": "nl",
        "how": How.ONLINE,
        "identity": {"name": "Johanna Vermeulen-Dassen", "email": "johanna@example.org"},
        "until": until or today() + timedelta(days=365),
        "actor": officer(None),
        "purposes": purposes,
        "may_mail": True,
        **fields,
    }
    return record_consent(story.translation_key, **values)


def approve(record: ConsentRecord, language: str = "nl") -> VersionReview:
    """The teller reads the newest version in a language and approves it."""
    page = version_in(record, language)
    assert page is not None
    return review_version(record.pk, language, digest_of(page), APPROVED, TELLER)


def real_story(**fields: Any) -> StoryPage:
    """A draft of somebody's life; nobody has agreed to anything."""
    story: StoryPage = StoryPageFactory(is_example=False, live=False, **fields)
    story.save_revision()
    return reload(story)


def consented_story(purposes: Iterable[Purpose] = EVERYTHING, **fields: Any) -> StoryPage:
    """A story that its teller agreed to and approved, online in Dutch."""
    story = real_story(**fields)
    approve(agree(story, purposes))
    newest_content(story).save_revision().publish()
    return reload(story)


def reload(story: StoryPage) -> StoryPage:
    """The page as it stands in the database, without what was computed on it."""
    return StoryPage.objects.get(pk=story.pk)
