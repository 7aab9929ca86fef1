"""From a submission to a draft story, with a consent that still has to be given."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.rich_text import RichText

from stories.consent.actions import note as note_consent
from stories.consent.actions import officer, record_consent
from stories.consent.actions.auditing import Action as ConsentAction
from stories.consent.dates import today
from stories.consent.models import How
from stories.consent.purposes import Purpose
from stories.models import PlaceUse, StoryIndexPage, StoryPage, StoryPlace
from stories.submissions.auditing import Action, note
from stories.submissions.deciding import decide
from stories.submissions.files import content_of
from stories.submissions.models import FileKind, Submission
from stories.submissions.recordings import collection_before_consent

if TYPE_CHECKING:
    from core.models import User

POINTS, POINT_LENGTH = 10, 200  # what a list of the story page holds
AGREED_FOR = timedelta(days=365)
"""What the consent begins with; the teller and the officers choose another day."""


@transaction.atomic
def accept(submission: Submission, by: User) -> StoryPage:
    """A draft story, and a consent in which nothing is agreed to yet: nobody can publish the story before it is.

    What the teller ticked is noted at the consent, not taken for it: they had not seen the story then. Raises
    ``DecidedMeanwhile`` when somebody was faster.
    """
    decide(submission, Submission.State.ACCEPTED)
    story = _draft_of(submission, by)
    Submission.objects.filter(pk=submission.pk).update(story_key=story.translation_key)
    submission.story_key = story.translation_key
    _begin_consent(submission)
    note(submission, Action.ACCEPTED, by, story=str(story.translation_key))
    return story


def _draft_of(submission: Submission, by: User) -> StoryPage:
    """In the tree of the language it was told in: there it is the source, and nobody has translated anything."""
    answers = submission.answers
    with override(submission.language):
        title = _("Story %(reference)s") % {"reference": submission.reference}
        body = _text(answers.get("text", ""))
        lists = {}
        for name, heading in (
            ("helped", _("What helped")),
            ("would_have_helped", _("What would have helped")),
        ):
            points = _points(answers.get(name, ""))
            if points is None:
                body += [("heading", heading), *_text(answers[name])]
            lists[name] = points or []
        body += [*_picture(submission), *_recording(submission)]
    story = StoryPage(
        title=title,
        slug=slugify(title),
        live=False,
        owner=by,
        body=body,
        teller=answers.get("name", ""),
        age_band=answers.get("age_band", ""),
        what_helped=lists["helped"],
        what_would_have_helped=lists["would_have_helped"],
    )
    if answers.get("region"):
        story.places = [StoryPlace(use=PlaceUse.LIVED, region=answers["region"])]
    StoryIndexPage.objects.get(locale__language_code=submission.language).add_child(instance=story)
    story.save_revision(user=by)
    return story


def _text(text: str) -> list[tuple[str, Any]]:
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    html = "".join(f"<p>{escape(part).replace(chr(10), '<br/>')}</p>" for part in paragraphs)
    return [("text", html)] if html else []


def _points(text: str) -> list[tuple[str, str]] | None:
    """One line a point; None when it is more of a text than a list."""
    lines = [line.strip(" -–•*\t") for line in text.splitlines() if line.strip(" -–•*\t")]
    if len(lines) > POINTS or any(len(line) > POINT_LENGTH for line in lines):
        return None
    return [("point", line) for line in lines]


def _picture(submission: Submission) -> list[tuple[str, Any]]:
    """Only a picture that may be shown leaves the private place."""
    if submission.file_kind != FileKind.PICTURE or Purpose.PHOTO not in submission.purposes:
        return []
    image = get_image_model().objects.create(
        title=submission.reference, file=ImageFile(BytesIO(content_of(submission)), _name(submission))
    )
    alt = submission.answers.get("file_shows", "")
    return [("image", {"image": image, "alt_text": alt, "caption": "", "credit": ""})]


def _recording(submission: Submission) -> list[tuple[str, Any]]:
    """Only a voice that may be heard, and by the public only once the story is online. Its words are still to be written."""
    if submission.file_kind != FileKind.RECORDING or Purpose.VOICE not in submission.purposes:
        return []
    recording = get_document_model().objects.create(
        title=submission.reference,
        file=ContentFile(content_of(submission), _name(submission)),
        collection=collection_before_consent(),
    )
    return [("audio", {"title": _("Listen to the story"), "file": recording, "transcript": RichText("")})]


def _name(submission: Submission) -> str:
    """A name that nobody guesses."""
    return f"{uuid4().hex}.{submission.file_ending}"


def _begin_consent(submission: Submission) -> None:
    contact = dict(submission.contact)
    name = submission.answers.get("name") or submission.reference
    record = record_consent(
        submission.story_key,  # type: ignore[arg-type]
        actor=officer(None),
        language=submission.language,
        how=How.ONLINE,
        until=today() + AGREED_FOR,
        identity={"name": name, **contact},
        is_minor=submission.is_minor,
        may_mail=bool(contact.get("email")),
    )
    note_consent(
        record,
        ConsentAction.CHANGED,
        officer(None),
        submission=submission.reference,
        wishes=[purpose.value for purpose in submission.purposes],
        texts=submission.ticks,
    )
