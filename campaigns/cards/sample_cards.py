"""Sample quote cards: the first quote of a sample story, which is fiction and says so on the card."""

from __future__ import annotations

from campaigns.cards.making import make_cards
from campaigns.cards.models import QuoteCard
from campaigns.models import Campaign, Post
from core.planting import find_page
from core.quoting import quotes_on

STORY, CAMPAIGN = "story:carer-eupen", "some"


def load_cards() -> list[QuoteCard]:
    """Cards in every language and format; a sample post about the story shows the square one."""
    story, campaign = find_page(STORY), Campaign.objects.filter(slug=CAMPAIGN).first()
    if story is None or campaign is None or QuoteCard.objects.filter(campaign=campaign).exists():
        return []
    made = []
    for version in story.get_translations(inclusive=True).live().specific():
        for quote in quotes_on(version)[:1]:
            cards = make_cards(campaign, version, quote.text, who=quote.who)
            made += cards
            post = Post.objects.filter(campaign=campaign, page=version, erased_at=None).first()
            if post:
                post.image, post.image_alt = cards[0].image, cards[0].alt
                post.save()
                post.save_revision().publish()
    return made
