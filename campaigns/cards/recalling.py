"""A card goes when its words may not be shared any more: from posts, from networks, from the library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from campaigns.actions import cancel_platform_post, request_removal
from campaigns.actions.erasing import recall_posts
from campaigns.cards.models import QuoteCard
from campaigns.gates import asked_before_going_out
from campaigns.models import PlatformPost, Post
from campaigns.states import PLANNED, Status
from core.erasing import files_of
from core.models import CustomImage
from core.sharing import Clearance, SharingUse, clearance_withdrawn


def cards_of_others(post: Post) -> QuerySet[QuoteCard]:
    """The cards a post shows whose words come from another page than its own."""
    on_accounts = PlatformPost.objects.filter(post=post.pk or 0, image__isnull=False).values("image")
    shown = Q(image__in=on_accounts)
    if post.image_id:
        shown |= Q(image=post.image_id)
    return QuoteCard.objects.filter(shown).exclude(page=post.page_id)


@asked_before_going_out(cards_of_others)
def clearance_of_cards(post: Post, use: SharingUse) -> Clearance:
    """A post may show a card while the page its words come from may be shared so."""
    pages = Page.objects.filter(pk__in=cards_of_others(post).values("page"))
    answers = [page.specific.get_share_clearance(use) for page in pages]
    reasons = tuple(reason for answer in answers for reason in answer.reasons)
    return Clearance(reasons, may_return=all(answer.may_return for answer in answers))


@receiver(clearance_withdrawn)
def follow_withdrawal(
    sender: Any,
    pages: list[Page],
    uses: set[SharingUse],
    withdrawal: UUID | None = None,
    **kwargs: Any,
) -> None:
    if withdrawal is not None or SharingUse.SOCIAL_MEDIA in uses:
        recall_cards(pages, withdrawal)


def recall_cards(pages: Sequence[Page], withdrawal: UUID | None = None) -> int:
    """Erase the cards made from these pages, and call back the posts that show one. Returns how many cards.

    With ``withdrawal`` such a post is erased like one about the page itself.
    """
    cards = list(QuoteCard.objects.filter(page__in=[page.pk for page in pages]).select_related("image"))
    images = [card.image_id for card in cards]
    shown = Q(image__in=images)
    if withdrawal is not None:
        posts = Post.objects.filter(shown | Q(platform_posts__image__in=images))
        Post.objects.filter(pk__in=[post.pk for post in posts]).update(withdrawal=withdrawal)
        recall_posts(Post.objects.filter(withdrawal=withdrawal, erased_at=None))
    else:
        for row in PlatformPost.objects.filter(shown, status__in=PLANNED):
            cancel_platform_post(row, _("The quote on its card may not be shared any more."))
        for row in PlatformPost.objects.filter(shown, status=Status.PUBLISHED):
            request_removal(row)
    for card in cards:
        erase_picture(card)
    return len(cards)


def erase_picture(card: QuoteCard) -> None:
    """The picture with its files, whoever shows it: it is nothing but the words of the page."""
    for image in CustomImage.objects.filter(pk=card.image_id):
        files = files_of(image)
        with transaction.atomic():
            image.delete()
        for storage, name in files:
            storage.delete(name)


@receiver(post_delete, sender=QuoteCard)
def erase_picture_of_deleted_card(sender: type[QuoteCard], instance: QuoteCard, **kwargs: Any) -> None:
    """Its page was deleted: nobody can be asked any more whether the words may be shown."""
    transaction.on_commit(lambda: erase_picture(instance))
