"""Announcing a page: one post a language, told as one, saved together or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from campaigns.composing import share_content_of
from campaigns.models import Campaign, Post, PostTarget, SocialAccount

if TYPE_CHECKING:
    from core.models import User

A_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Announcement:
    """A post that is not saved yet, with the accounts it is for."""

    post: Post
    targets: Sequence[PostTarget]


@transaction.atomic
def announce_page(announcements: Sequence[Announcement], user: User, *, approve: bool) -> list[Post]:
    """Save one post per language, linked as translations of each other; with ``approve``, plan them too."""
    key = uuid4()
    posts = []
    for announcement in announcements:
        post = announcement.post
        post.translation_key, post.live = key, False
        post.targets = list(announcement.targets)
        post.save()
        revision = post.save_revision(user=user, log_action=True)
        if approve:
            revision.publish(user=user)
        posts.append(post)
    return posts


def draft_about(version_of: Post | None, locale: Locale, campaign: Campaign | None = None) -> Post:
    """An unsaved post to start from: empty, or the version of another post in ``locale`` about the same page."""
    post = Post(locale=locale, campaign=campaign)
    if version_of is not None:
        post.translation_key = version_of.translation_key
        post.campaign = version_of.campaign
        post.planned_at, post.link = version_of.planned_at, version_of.link
        if version_of.page and (page := version_of.page.get_translation_or_none(locale)):
            fill_from_page(post, page)
    post.targets = [PostTarget(account=account) for account in website_accounts(locale)]
    return post


def fill_from_page(post: Post, page: Page) -> None:
    """Let the post say what the page offers to be shared, with the page's and the campaign's hashtags."""
    post.page = page
    content = share_content_of(page)
    if content is None:
        return
    of_campaign = post.campaign.hashtags_in(content.language) if post.campaign_id else []
    tags = dict.fromkeys([*content.hashtags, *of_campaign])
    post.text = "\n\n".join(filter(None, [content.text.strip(), " ".join(f"#{tag}" for tag in tags)]))
    post.image, post.image_alt = content.image, content.image_alt


def website_accounts(locale: Locale) -> list[SocialAccount]:
    """The site's own updates pages in a language: where a post goes unless somebody says otherwise."""
    return list(SocialAccount.objects.filter(provider="website", language=locale.language_code))


def announced_just_now(page: Page, campaign: Campaign, now: datetime | None = None) -> list[Post]:
    """Posts of the campaign about any language of the page, made in the last minute: a second press of the button?"""
    since = (now or timezone.now()) - A_MOMENT
    pages = page.get_translations(inclusive=True)
    return list(
        Post.objects.filter(
            campaign=campaign, page__in=pages, latest_revision__created_at__gte=since
        ).order_by("pk")
    )
