"""Sample posts in every state, so that the calendar, health and the desk show what each looks like.

None of them can reach a network: they stand on the site itself, on an example account that is paused
and has no credentials, or with a person. ``publishing`` is missing: it lasts as long as a worker holds a row.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from campaigns.actions.by_hand import TOLD_BY_A_PERSON
from campaigns.messages import in_every_language
from campaigns.models import (
    Campaign,
    Metric,
    PlatformPost,
    Post,
    PostTarget,
    SocialAccount,
    VersionDecision,
)
from campaigns.providers.http import ANSWERLESS, BUSY, REFUSED
from campaigns.providers.manual import DO_IT
from campaigns.sample_campaigns import example_account, moment_of
from campaigns.states import Status
from campaigns.versions import decide_version, names_of
from core.models import User
from core.planting import Sample, find_page, key_of, read_sample

SAMPLES = Path(__file__).parent / "samples" / "states.toml"
CHANNEL = "WhatsApp"  # a channel that nobody but a person can write to
LOOKED_AT_AGAIN = timedelta(days=2)  # until then the row stays as it is

NETWORK = "Bluesky"
REASONS: dict[str, Any] = {
    "version": format_lazy(_("It waits for the version in {languages}."), languages=names_of(["fr"])),
    "page": _("The page does not exist in the language of the post yet."),
    "account": _("The account is paused. Sign it in again; the post goes out after that."),
    "busy": format_lazy(BUSY, network=NETWORK),
    "answerless": format_lazy(ANSWERLESS, network=NETWORK),
    "refused": format_lazy(REFUSED, network=NETWORK),
    "late": _("Its time has passed. Choose a new time, or cancel it."),
    "cancelled": _("Cancelled by campaign staff."),
    "person": DO_IT,
}


def load_states() -> list[Post]:
    """The posts that are not there yet."""
    made = []
    for sample in read_sample(SAMPLES)["posts"]:
        key = key_of(f"post:{sample['key']}")
        if not Post.objects.filter(translation_key=key).exists():
            with transaction.atomic():  # no worker sees it before it is in its state
                made.append(_make(sample, key))
    return made


def _make(sample: Sample, key: Any) -> Post:
    post = Post(
        campaign=Campaign.objects.get(slug=sample["campaign"]),
        locale=Locale.objects.get(language_code=sample["language"]),
        translation_key=key,
        text=sample["text"],
        page=_page_of(sample),
        planned_at=moment_of(sample["offset_days"], sample["time"]),
        live=False,
    )
    post.targets = [PostTarget(account=_account(sample["account"], sample["language"]))]
    post.save()
    user = User.objects.filter(groups__name="Campaign staff").first()
    revision = post.save_revision(user=user)
    for choice, languages in (
        (VersionDecision.Choice.WAIT, "languages_waited_for"),
        (VersionDecision.Choice.LET_GO, "languages_let_go"),
    ):
        for language in sample.get(languages, ()):
            decide_version(post, language, choice, user)
    if sample["state"] == "submitted":
        workflow = post.get_workflow()
        if workflow and user:
            workflow.start(post, user)
    elif sample["state"] != Status.DRAFT:
        revision.publish()
        _put_in_state(post, sample)
    return post


def _page_of(sample: Sample) -> Any:
    page = find_page(sample["page"]) if "page" in sample else None
    if page is None:
        return None
    return page.get_translation_or_none(Locale.objects.get(language_code=sample["language"])) or page


def _account(kind: str, language: str) -> SocialAccount:
    if kind == "manual":
        return SocialAccount.objects.get_or_create(provider="manual", name=CHANNEL, language=language)[0]
    if kind == "bluesky":
        return example_account(language)
    account: SocialAccount = SocialAccount.objects.filter(provider="website", language=language)[0]
    return account


def _put_in_state(post: Post, sample: Sample) -> None:
    """As a worker or a person would have left the row. No attempt is written down, so nothing is looked for."""
    row = PlatformPost.objects.get(post=post)
    state, now = Status(sample["state"]), timezone.now()
    reason = REASONS.get(sample.get("why", ""))
    changes: dict[str, Any] = {
        "status": state,
        "status_message": in_every_language(reason) if reason else {},
        "metrics_due_at": None,
    }
    if state in (Status.RETRYING, Status.UNKNOWN):
        changes |= {"next_attempt_at": now + LOOKED_AT_AGAIN, "attempts_made": 1}
    if state in (Status.PUBLISHED, Status.REMOVED):
        changes |= {"published_at": row.due_at, "remote_id": row.idempotency_key}
    if state is Status.REMOVED:
        changes["removed_at"] = row.due_at + timedelta(hours=3)
    PlatformPost.objects.filter(pk=row.pk).update(**changes)
    if "reach" in sample:
        Metric.objects.create(
            platform_post=row,
            name=Metric.Name.REACH,
            value=sample["reach"],
            source=TOLD_BY_A_PERSON,
            fetched_at=row.due_at + timedelta(days=1),
        )
