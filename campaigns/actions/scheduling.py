"""Planning: from an approved post to one row per account, and everything people decide about them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from campaigns.composing import counted_parameters, problems_of, words_of
from campaigns.mail import tell_about_account
from campaigns.messages import in_every_language
from campaigns.models import PlatformPost, Post, PostTarget, ShortUrl, SocialAccount
from campaigns.providers.base import ProviderError, SocialProvider
from campaigns.states import PLANNED, Status, sources_of


@transaction.atomic
def schedule_post(post: Post) -> list[PlatformPost]:
    """Plan an approved post on each of its accounts, and return the rows.

    What was not sent yet takes the new text and time under a new key; what is being sent or is out
    already stays as it is. Accounts that were taken off the post are cancelled.
    """
    rows = []
    targets = list(post.targets.select_related("account"))
    for target in targets:
        rows.append(_plan_target(post, target))
    dropped = post.platform_posts.exclude(account__in=[target.account_id for target in targets])
    for platform_post in dropped.filter(status__in=PLANNED):
        cancel_platform_post(platform_post, _("The account was taken off the post."))
    return rows


def _plan_target(post: Post, target: PostTarget) -> PlatformPost:
    now = timezone.now()
    account = target.account
    platform_post = PlatformPost.objects.select_for_update().filter(post=post, account=account).first()
    if platform_post is None:
        platform_post = PlatformPost(post=post, account=account)
    elif platform_post.status not in PLANNED | {Status.CANCELLED}:
        return platform_post
    due_at = target.own_time or now
    platform_post.text, platform_post.followups = words_of(target)
    platform_post.image, platform_post.image_crop = target.own_image, target.crop
    platform_post.image_alt = target.own_image_alt
    platform_post.revision = post.live_revision or post.latest_revision
    platform_post.dated_at = max(due_at, now)
    platform_post.idempotency_key = account.provider_class.new_idempotency_key(now)
    platform_post.due_at = platform_post.next_attempt_at = due_at
    platform_post.status, platform_post.status_message = Status.SCHEDULED, {}
    platform_post.attempts_made, platform_post.nudged_at, platform_post.steps = 0, None, {}
    problems = problems_of(target)
    if problems:
        platform_post.status = Status.FAILED
        platform_post.status_message = in_every_language(problems[0].message)
    platform_post.save()
    _give_short_url(platform_post, target.leads_somewhere)
    return platform_post


def _give_short_url(platform_post: PlatformPost, leads_somewhere: bool) -> None:
    """A short address per post and account, kept for ever: it may stand in print."""
    post, account = platform_post.post, platform_post.account
    if not leads_somewhere:
        ShortUrl.objects.filter(platform_post=platform_post).delete()
        return
    ShortUrl.objects.update_or_create(
        platform_post=platform_post,
        defaults={"page": post.page, "address": post.link, "parameters": counted_parameters(post, account)},
    )


def cancel_platform_post(platform_post: PlatformPost, reason: Any) -> bool:
    """Call off what is not out yet. False when it is being sent this moment, or is out already."""
    return bool(
        PlatformPost.objects.filter(
            pk=platform_post.pk,
            status__in=[s for s in sources_of(Status.CANCELLED) if s != Status.PUBLISHING],
        ).update(status=Status.CANCELLED, status_message=in_every_language(reason))
    )


def plan_again(platform_post: PlatformPost, due_at: datetime) -> bool:
    """Give a late, failed, cancelled or planned message a (new) time. False when it is past deciding,
    when its post is not approved (any more), or when its account was taken off the post.

    The key stays: nothing of this revision can be on the network twice. The date it carries there is
    the new one, because networks hide what looks old.
    """
    wanted = PostTarget.objects.filter(
        post__live=True, post=platform_post.post_id, account=platform_post.account_id
    )
    return wanted.exists() and bool(
        PlatformPost.objects.filter(pk=platform_post.pk, status__in=sources_of(Status.SCHEDULED))
        .exclude(status=Status.PUBLISHING)
        .update(
            status=Status.SCHEDULED,
            status_message={},
            due_at=due_at,
            dated_at=due_at,
            next_attempt_at=due_at,
            nudged_at=None,
            attempts_made=0,
            steps={},  # it is not out, and what an earlier try left behind may have lapsed meanwhile
        )
    )


def cancel_posts_of_page(page: Page, reason: Any) -> int:
    """Call off everything planned about a page. Returns how many."""
    planned = PlatformPost.objects.filter(post__page_id=page.pk, status__in=PLANNED)
    return sum(cancel_platform_post(platform_post, reason) for platform_post in planned)


def wake_posts_of_page(page: Page) -> int:
    """A page came online: what waited for it need not wait for the next look."""
    now = timezone.now()
    return PlatformPost.objects.filter(
        post__page_id=page.pk, status=Status.SCHEDULED, due_at__lte=now, next_attempt_at__gt=now
    ).update(next_attempt_at=now, nudged_at=None)


def pause_account(account: SocialAccount, reason: Any) -> None:
    """Stop sending on an account until a person has signed it in again, and tell people. Its posts are kept."""
    account.state, account.state_message = SocialAccount.State.PAUSED, in_every_language(reason)
    active = SocialAccount.objects.filter(pk=account.pk, state=SocialAccount.State.ACTIVE)
    if active.update(state=account.state, state_message=account.state_message):
        tell_about_account(account)


def sign_in_account(account: SocialAccount, credentials: dict[str, str]) -> str:
    """Sign in with these credentials, keep them, and let the account's posts go on. Returns its public name.

    Raises ``ProviderError`` when they are refused; then nothing has changed.
    """
    account.credentials, account.session_tokens = credentials, {}
    connector = account.connect()
    name = connector.verify()
    account.session_tokens, account.limits_told = connector.session.tokens, limits_of(connector)
    account.warned_at = None
    account.state, account.state_message = SocialAccount.State.ACTIVE, {}
    account.save()
    wake_posts_of_account(account)
    return name


def limits_of(connector: SocialProvider) -> dict[str, int]:
    """What the account's server says that it takes; the network's own limits hold where it says nothing now."""
    try:
        return connector.fetch_limits()
    except ProviderError:
        return {}


def resume_account(account: SocialAccount) -> None:
    """Sign in, and let the account's posts go on. Raises ``ProviderError`` when it is still refused."""
    account.connect().verify()
    account.state, account.state_message = SocialAccount.State.ACTIVE, {}
    account.save(update_fields=["state", "state_message"])
    wake_posts_of_account(account)


def wake_posts_of_account(account: SocialAccount) -> None:
    """What waited for its account need not wait for the next look."""
    now = timezone.now()
    PlatformPost.objects.filter(
        account=account, status__in=[Status.SCHEDULED, Status.RETRYING, Status.UNKNOWN], due_at__lte=now
    ).update(next_attempt_at=now, nudged_at=None)
