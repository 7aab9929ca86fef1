"""Whether a message may leave now: what its page, its account and everybody else who has a say answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from campaigns.gates import answer_of_gates
from campaigns.models import CampaignPage, PlatformPost, Post
from core.sharing import Clearance, SharingUse


def clearance_of(post: Post, use: SharingUse = SharingUse.SOCIAL_MEDIA) -> Clearance:
    """Whether the post may be used so at this moment: its page, and whoever else has a say in it."""
    if post.withdrawal is not None:
        return Clearance(reasons=(_("Its page was withdrawn by its teller."),), may_return=False)
    page, others = _clearance_of_page(post, use), answer_of_gates(post, use)
    return Clearance((*page.reasons, *others.reasons), page.may_return and others.may_return)


def _clearance_of_page(post: Post, use: SharingUse) -> Clearance:
    if post.page is None:
        return Clearance()
    specific = post.page.specific
    if not hasattr(specific, "get_share_clearance"):
        return Clearance(reasons=(_("This kind of page is not shared."),), may_return=False)
    if specific.locale_id != post.locale_id:
        return Clearance(reasons=(_("The page does not exist in the language of the post yet."),))
    clearance: Clearance = specific.get_share_clearance(use)
    return clearance


def unready(platform_post: PlatformPost) -> Any:
    """What the message waits for on its account, as a sentence; None when it waits for nothing."""
    if not platform_post.account.is_active:
        return _("The account is paused. Sign it in again; the post goes out after that.")
    if platform_post.account.provider == "website" and CampaignPage.of(platform_post.post) is None:
        return _("The campaign has no page online in this language yet. The post appears as soon as it has.")
    return None


def too_soon_until(platform_post: PlatformPost) -> datetime | None:
    """When the account may be heard again; None when it keeps no distance, or was never heard."""
    account = platform_post.account
    if not account.minutes_apart:
        return None
    newest = PlatformPost.objects.filter(account=account).aggregate(Max("published_at"))["published_at__max"]
    return newest + timedelta(minutes=account.minutes_apart) if newest else None
