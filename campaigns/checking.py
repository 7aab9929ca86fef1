"""What stands in the way of a post's approval, and what people should know before it.

One place for the editor, for "Announce a page" and for whoever comes next: each finding names its field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from campaigns.actions.clearance import clearance_of
from campaigns.checks import about_network_use, about_repetition, about_wording
from campaigns.composing import length_of, lengths_of_parts, problems_of
from campaigns.findings import Finding, errors_in, warnings_in
from campaigns.models import CampaignPage, PlatformPost, Post, PostTarget
from campaigns.models.followups import texts_in
from campaigns.providers.base import Followups, TextCount
from campaigns.providers.text import normalise
from campaigns.states import PLANNED, Status
from campaigns.versions import names_of, undecided_languages
from core.safe_messaging import Kind, Passage, check_passages

__all__ = ["Finding", "errors_in", "findings_of", "lengths_of", "not_sent", "too_long", "warnings_in"]

JUST_NOW = timedelta(minutes=2)  # between reading the clock and pressing the button

PASSED = _("This time has passed. Choose a later one, or leave it empty to publish after the approval.")
WORDLESS = _("Say what the image shows, for people who cannot see it.")
WAITS = _("The post waits until that has changed.")


def findings_of(post: Post, targets: Sequence[PostTarget]) -> list[Finding]:
    """Errors (it cannot be approved so) and warnings (it can, but …) of a post that need not be saved yet."""
    return [
        *_about_post(post, targets),
        *_about_versions(post),
        *about_wording(post),
        *_about_targets(post, targets),
    ]


def _about_post(post: Post, targets: Sequence[PostTarget]) -> Iterator[Finding]:
    if not targets:
        yield Finding("targets", _("Choose at least one account."))
    if not normalise(post.text) and not all(target.text.strip() for target in targets):
        yield Finding("text", _("Write what the post says."))
    if post.image and not post.image_alt.strip():
        yield Finding("image_alt", WORDLESS)
    if post.page and post.link:
        yield Finding("link", _("Choose a page or type an address: one of the two."))
    if post.page:
        yield from _about_page(post)
    elif post.pk:
        yield from _about_clearance(post, "image")
    yield from _about_words(post, targets)
    at_this_time = [target for target in targets if target.planned_at is None]
    if _has_passed(post.planned_at) and any(not_sent(post, at_this_time)):
        yield Finding("planned_at", PASSED)


def _about_words(post: Post, targets: Sequence[PostTarget]) -> Iterator[Finding]:
    """Words about suicide that can do harm: everything in a post leaps to the eye."""
    language = post.language
    texts = [
        Passage(post.text, "text", kind=Kind.SHARED),
        Passage(post.image_alt, "image_alt", kind=Kind.IMAGE),
        *(Passage(text, "followups", kind=Kind.SHARED) for text in texts_in(post.followups)),
        *([Passage(post.image.title, "image", kind=Kind.IMAGE)] if post.image else []),
    ]
    for found in check_passages(texts, language):
        yield Finding(found.passage.field, found.sentence, is_error=found.blocks)
    for target in targets:
        own = [
            Passage(target.text, "text", kind=Kind.SHARED),
            *(Passage(text, "followups", kind=Kind.SHARED) for text in texts_in(target.followups)),
        ]
        for found in check_passages(own, language):
            yield Finding(found.passage.field, found.sentence, target, on_target=True, is_error=found.blocks)


def _about_page(post: Post) -> Iterator[Finding]:
    page = post.page
    if page is None or not hasattr(page.specific, "get_share_content"):
        yield Finding(
            "page", _("This kind of page is not shared. Choose a story, an info sheet or another page.")
        )
    elif page.locale_id != post.locale_id:
        translation = page.get_translations().filter(locale=post.locale_id).first()
        language = post.locale.get_display_name()
        if translation:
            message = _(
                "The page is in another language than the post. In {language} it is called “{title}”: choose that one."
            )
            yield Finding("page", format_lazy(message, language=language, title=translation.title))
        else:
            message = _(
                "The page is in another language than the post, and there is no version in {language} yet."
            )
            yield Finding("page", format_lazy(message, language=language))
    else:
        yield from _about_clearance(post, "page")


def _about_versions(post: Post) -> Iterator[Finding]:
    missing = undecided_languages(post)
    if missing:
        message = _("There is no version in {languages}: write it, wait for it, or go without it on purpose.")
        yield Finding("text", format_lazy(message, languages=names_of(missing)), is_error=False)


def _about_clearance(post: Post, field: str) -> Iterator[Finding]:
    clearance = clearance_of(post)
    for reason in clearance.reasons:
        waits = (
            format_lazy("{reason} {waits}", reason=reason, waits=WAITS) if clearance.may_return else reason
        )
        yield Finding(field, waits, is_error=not clearance.may_return)


def _about_targets(post: Post, targets: Sequence[PostTarget]) -> Iterator[Finding]:
    for target in targets:
        account = target.account
        if account.language != post.language:
            message = _(
                "{account} speaks {their}, the post {our}. Choose an account in the language of the post."
            )
            text = format_lazy(
                message,
                account=account,
                their=account.get_language_display(),
                our=post.locale.get_display_name(),
            )
            yield Finding("account", text, target, on_target=True)
        if not account.is_active:
            message = _("{account} is paused. The post goes out there once the account is signed in again.")
            yield Finding("account", format_lazy(message, account=account), target, is_error=False)
        if account.provider == "website" and CampaignPage.of(post) is None:
            message = _(
                "The campaign has no page online in this language yet. The post appears as soon as it has."
            )
            yield Finding("account", message, target, is_error=False)
        if target.planned_at and _has_passed(target.planned_at) and any(not_sent(post, [target])):
            yield Finding("planned_at", PASSED, target, on_target=True)
        yield from _about_message(post, target)
        if target.text.strip() or texts_in(target.followups):
            yield from about_wording(post, target)
        if any(not_sent(post, [target])):
            yield from about_repetition(post, target)
            yield from about_network_use(post, target)


def _about_message(post: Post, target: PostTarget) -> Iterator[Finding]:
    """What the network itself would refuse. An image without words and an empty text are said already."""
    own = bool(target.text.strip())
    if not normalise(target.own_text):
        return
    for problem in problems_of(target):
        if problem.field == "image_alt" and not target.own_image_alt.strip():
            if target.image:
                yield Finding("image_alt", WORDLESS, target, on_target=True)
            continue
        message = problem.message
        if problem.field == "text" and (excess := -length_of(target).left) > 0:
            message = too_long(target, excess)
        field = problem.field
        if field == "followups" and not takes_threads(target):
            field = "without_followups"
        text = format_lazy("{account}: {message}", account=target.account, message=message)
        on_target = (
            (problem.field == "text" and own)
            or field == "without_followups"
            or (field == "followups" and bool(texts_in(target.followups)))
            or (problem.field in ("image", "image_alt") and target.image is not None)
        )
        yield Finding(field, text, target, on_target=on_target)


def takes_threads(target: PostTarget) -> bool:
    return target.account.provider_class.capabilities.followups is not Followups.NONE


def too_long(target: PostTarget, excess: int) -> Any:
    count = length_of(target)
    message = ngettext_lazy(
        "{excess} character too many ({used} of {limit}).",
        "{excess} characters too many ({used} of {limit}).",
        excess,
    )
    return format_lazy(message, excess=excess, used=count.used, limit=count.limit)


def _has_passed(planned_at: datetime | None) -> bool:
    return planned_at is not None and planned_at < timezone.now() - JUST_NOW


def not_sent(post: Post, targets: Iterable[PostTarget]) -> Iterator[bool]:
    """For each target, whether an approval would (still) send it."""
    statuses = {}
    if post.pk:
        statuses = dict(PlatformPost.objects.filter(post=post.pk).values_list("account_id", "status"))
    for target in targets:
        status = statuses.get(target.account_id)
        yield status is None or Status(status) in PLANNED | {Status.CANCELLED}


@dataclass(frozen=True, slots=True)
class Length:
    """How long a part of a post is on one account, in the characters its network counts, link included."""

    target: PostTarget
    count: TextCount
    part: int = 1

    @property
    def excess(self) -> int:
        return max(0, -self.count.left)


def lengths_of(post: Post, targets: Sequence[PostTarget]) -> list[Length]:
    return [
        Length(target, count, part)
        for target in targets
        for part, count in enumerate(lengths_of_parts(target), start=1)
    ]
