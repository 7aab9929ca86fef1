"""Kits follow their posts: approved ones come in, withdrawn ones leave at once, and their partners are told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import published

from campaigns.cards.models import QuoteCard
from campaigns.kit.filling import make_crops_later, put_into
from campaigns.kit.models import KitItem, PartnerKit
from campaigns.kit.telling import tell_partners
from campaigns.models import Post
from core.sharing import SharingUse, clearance_withdrawn


@receiver(published, sender=Post)
def put_into_kits(sender: type[Post], instance: Post, **kwargs: Any) -> None:
    for kit in PartnerKit.objects.open().filter(campaign=instance.campaign_id):
        if instance.language in kit.languages:
            put_into(kit, instance)
            make_crops_later([instance.image_id])


@receiver(clearance_withdrawn)
def take_out_of_kits(
    sender: Any,
    pages: list[Page],
    uses: set[SharingUse],
    withdrawal: UUID | None = None,
    **kwargs: Any,
) -> None:
    """The page itself asks for clearance at every visit; here the withdrawal is written down, and partners hear of it."""
    if withdrawal is None and SharingUse.PARTNER_KIT not in uses:
        return
    ids = [page.pk for page in pages]
    images = QuoteCard.objects.filter(page__in=ids).values("image")
    concerned = Q(post__page__in=ids) | Q(post__image__in=images)
    if withdrawal is not None:
        concerned |= Q(post__withdrawal=withdrawal)
    withdraw_items(list(KitItem.objects.filter(concerned, withdrawn_at=None).values_list("pk", flat=True)))


def withdraw_items(pks: list[int]) -> int:
    """Take these items out of their kits for good, and mail the partners. Returns how many."""
    number = KitItem.objects.filter(pk__in=pks, withdrawn_at=None).update(withdrawn_at=timezone.now())
    if number:
        transaction.on_commit(tell_partners)
    return number
