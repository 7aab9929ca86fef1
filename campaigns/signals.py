"""What happens elsewhere in the house that a planned post must follow."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.signals import page_published, published, unpublished

from campaigns.actions import (
    cancel_platform_post,
    cancel_posts_of_page,
    recall_pages,
    request_removal,
    schedule_post,
    traces_of,
    wake_posts_of_page,
)
from campaigns.models import PlatformPost, Post
from campaigns.states import PLANNED, Status
from core.sharing import SharingUse, Trace, clearance_withdrawn, traces_asked


@receiver(published, sender=Post)
def plan_approved_post(sender: type[Post], instance: Post, **kwargs: Any) -> None:
    schedule_post(instance)


@receiver(unpublished, sender=Post)
def call_off_withdrawn_post(sender: type[Post], instance: Post, **kwargs: Any) -> None:
    for platform_post in instance.platform_posts.filter(status__in=PLANNED):
        cancel_platform_post(platform_post, _("The post was taken back."))


@receiver(page_published)
def wake_waiting_posts(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    transaction.on_commit(lambda: wake_posts_of_page(instance))


@receiver(pre_delete)
def call_off_posts_of_deleted_page(sender: type, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        cancel_posts_of_page(instance, _("The page it announces was deleted."))


@receiver(clearance_withdrawn)
def follow_withdrawal(
    sender: Any,
    pages: list[Page],
    uses: set[SharingUse],
    withdrawal: UUID | None = None,
    **kwargs: Any,
) -> None:
    """What is planned is called off, what is out is taken down: somebody took their consent back."""
    if withdrawal is not None:
        recall_pages(pages, withdrawal)
        return
    if SharingUse.SOCIAL_MEDIA not in uses:
        return
    for page in pages:
        cancel_posts_of_page(page, _("The page may not be shared any more."))
        for platform_post in PlatformPost.objects.filter(post__page_id=page.pk, status=Status.PUBLISHED):
            request_removal(platform_post)


@receiver(traces_asked)
def tell_traces(sender: Any, withdrawal: UUID, **kwargs: Any) -> list[Trace]:
    return traces_of(withdrawal)
