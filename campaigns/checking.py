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

from campaigns.actions.publishing import clearance_of
from campaigns.composing import length_of, problems_of
from campaigns.models import CampaignPage, PlatformPost, Post, PostTarget
from campaigns.providers.base import TextCount
from campaigns.providers.text import normalise
from campaigns.states import PLANNED, Status

JUST_NOW = timedelta(minutes=2)  # between reading the clock and pressing the button

PASSED = _("This time has passed. Choose a later one, or leave it empty to publish after the approval.")
WAITS = _("The post waits until that has changed.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one field; ``target`` is the account it concerns, when it concerns one.

    ``field`` is a field of the target when ``on_target`` is true, else of the post.
    """

    field: str
    message: Any
    target: PostTarget | None = None
    on_target: bool = False
    is_error: bool = True


def findings_of(post: Post, targets: Sequence[PostTarget]) -> list[Finding]:
    """Errors (it cannot be approved so) and warnings (it can, but …) of a post that need not be saved yet."""
    return [*_about_post(post, targets), *_about_targets(post, targets)]


def errors_in(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.is_error]


def warnings_in(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if not finding.is_error]


def _about_post(post: Post, targets: Sequence[PostTarget]) -> Iterator[Finding]:
    if not targets:
        yield Finding("targets", _("Choose at least one account."))
    if not normalise(post.text) and not all(target.text.strip() for target in targets):
        yield Finding("text", _("Write what the post says."))
    if post.image and not post.image_alt.strip():
        yield Finding("image_alt", _("Say what the image shows, for people who cannot see it."))
    if post.page and post.link:
        yield Finding("link", _("Choose a page or type an address: one of the two."))
    if post.page:
        yield from _about_page(post)
    at_this_time = [target for target in targets if target.planned_at is None]
    if _has_passed(post.planned_at) and any(not_sent(post, at_this_time)):
        yield Finding("planned_at", PASSED)


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
        clearance = clearance_of(post)
        for reason in clearance.reasons:
            waits = (
                format_lazy("{reason} {waits}", reason=reason, waits=WAITS)
                if clearance.may_return
                else reason
            )
            yield Finding("page", waits, is_error=not clearance.may_return)


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


def _about_message(post: Post, target: PostTarget) -> Iterator[Finding]:
    """What the network itself would refuse. An image without words and an empty text are said already."""
    own = bool(target.text.strip())
    if not normalise(target.own_text):
        return
    for problem in problems_of(post, target.account, target.own_text):
        if problem.field == "image_alt" and not post.image_alt.strip():
            continue
        message = problem.message
        if problem.field == "text" and (excess := -length_of(post, target.account, target.own_text).left) > 0:
            message = too_long(target, excess)
        text = format_lazy("{account}: {message}", account=target.account, message=message)
        on_target = problem.field == "text" and own
        yield Finding(problem.field, text, target, on_target=on_target)


def too_long(target: PostTarget, excess: int) -> Any:
    count = length_of(target.post, target.account, target.own_text)
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
    """How long a post is on one account, in the characters its network counts, link included."""

    target: PostTarget
    count: TextCount

    @property
    def excess(self) -> int:
        return max(0, -self.count.left)


def lengths_of(post: Post, targets: Sequence[PostTarget]) -> list[Length]:
    return [Length(target, length_of(post, target.account, target.own_text)) for target in targets]
