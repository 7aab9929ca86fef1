"""A card is made of words that stand on a page, and goes when they may not be shared any more."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageChops

from campaigns.actions.clearance import clearance_of
from campaigns.cards.drawing import Format, Style
from campaigns.cards.making import make_cards
from campaigns.cards.models import QuoteCard
from campaigns.models import PlatformPost, Post
from campaigns.states import Status
from core.models import CustomImage
from core.sharing import SharingUse
from stories.consent.actions import TELLER, change_agreement, withdraw_story
from stories.consent.models import ConsentRecord, How
from stories.consent.purposes import Purpose
from stories.models import StoryPage
from tests.campaigns.editor import edit_url
from tests.factories.campaigns import CampaignFactory, MemoryNetwork, SocialAccountFactory, scheduled
from tests.factories.consents import consented_story
from tests.factories.pages import StoryPageFactory

pytestmark = pytest.mark.django_db

QUOTE = "‘En wie zorgt er voor u?’ Die vraag had niemand mij gesteld."
BODY = [
    {
        "type": "text",
        "value": "<p>Iedere ochtend fietste ik over de grens. Niemand vroeg naar mijn paspoort.</p>",
    },
    {"type": "quote", "value": {"quote": QUOTE, "attribution": "Ruth"}},
]


@pytest.fixture
def story() -> StoryPage:
    page: StoryPage = StoryPageFactory(body=BODY, teller="Ruth")
    return page


def square(story: StoryPage, **fields: Any) -> QuoteCard:
    return make_cards(CampaignFactory(), story, QUOTE, who="Ruth", formats=[Format.SQUARE], **fields)[0]


def test_a_card_lands_in_the_library_with_its_alternative_text(story: StoryPage) -> None:
    card = square(story)
    assert (card.image.width, card.image.height) == (1080, 1080)
    assert QUOTE in card.alt
    assert "Ruth" in card.alt
    assert card.alt.startswith("Een kaart met een citaat")


def test_a_card_of_an_example_says_that_it_is_one(story: StoryPage) -> None:
    assert "oorbeeldverhaal" in square(story).alt


def test_the_words_may_be_typed_with_other_quotation_marks_and_spaces(story: StoryPage) -> None:
    words = "Niemand vroeg  naar mijn paspoort."
    assert make_cards(CampaignFactory(), story, words, formats=[Format.SQUARE])


def test_words_that_nobody_said_are_refused(story: StoryPage) -> None:
    with pytest.raises(ValidationError, match="woord"):
        make_cards(CampaignFactory(), story, "Ik werd nooit geholpen.")
    assert not CustomImage.objects.exists()


def test_without_the_tick_for_social_media_no_card_is_made() -> None:
    story = consented_story(set(Purpose) - {Purpose.SOCIAL_MEDIA}, body=BODY)
    with pytest.raises(ValidationError, match="sociale media"):
        make_cards(CampaignFactory(), story, QUOTE)


def test_the_same_card_is_made_once(story: StoryPage) -> None:
    campaign = CampaignFactory()
    for __ in range(2):
        make_cards(campaign, story, QUOTE, who="Ruth")
    assert QuoteCard.objects.count() == CustomImage.objects.count() == len(Format)


def test_a_withdrawal_deletes_the_card_its_file_and_what_shows_it(network: MemoryNetwork) -> None:
    """Also where the post is about something else."""
    story = consented_story(body=BODY)
    card = square(story)
    name = card.image.file.name
    waiting = scheduled(SocialAccountFactory(), image=card.image, image_alt=card.alt)
    withdraw_story(story.translation_key, TELLER)
    waiting.refresh_from_db()
    assert waiting.status == Status.CANCELLED
    assert not QuoteCard.objects.exists()
    assert not CustomImage.objects.exists()
    assert not default_storage.exists(name)
    assert QUOTE not in str(Post.objects.values("text", "image_alt"))


def test_without_the_tick_for_social_media_the_card_goes_too(
    network: MemoryNetwork, django_capture_on_commit_callbacks: Any
) -> None:
    story = consented_story(body=BODY)
    card = square(story)
    waiting, out = (scheduled(SocialAccountFactory(), image=card.image, image_alt="x") for __ in range(2))
    PlatformPost.objects.filter(pk=out.pk).update(status=Status.PUBLISHED)
    record = ConsentRecord.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        change_agreement(
            record.pk,
            record.version,
            TELLER,
            purposes=set(Purpose) - {Purpose.SOCIAL_MEDIA},
            until=record.until,
            how=How.ONLINE,
        )
    waiting.refresh_from_db()
    out.refresh_from_db()
    assert waiting.status == Status.CANCELLED
    assert out.removal_requested_at is not None
    assert not CustomImage.objects.exists()


def test_a_deleted_page_takes_its_cards_along(
    story: StoryPage, django_capture_on_commit_callbacks: Any
) -> None:
    name = square(story).image.file.name
    with django_capture_on_commit_callbacks(execute=True):
        story.delete()
    assert not CustomImage.objects.exists()
    assert not default_storage.exists(name)


def test_a_post_waits_while_the_page_of_its_card_is_offline(story: StoryPage, network: MemoryNetwork) -> None:
    card = square(story)
    post = scheduled(SocialAccountFactory(), image=card.image, image_alt=card.alt).post
    assert clearance_of(post).allowed
    StoryPage.objects.filter(pk=story.pk).update(live=False)
    assert not clearance_of(post).allowed
    assert not clearance_of(post, SharingUse.PARTNER_KIT).allowed


# --- in the admin -------------------------------------------------------------------------------------


def make_url(story: StoryPage, query: str = "") -> str:
    return reverse("cards_make", args=[story.pk]) + query


def chosen(campaign: Any, **changes: Any) -> dict[str, Any]:
    return {
        "campaign": campaign.pk,
        "style": Style.COLOUR,
        "formats": [Format.SQUARE, Format.LANDSCAPE],
        "nl-chosen": "on",
        "nl-quote": "0",
        "nl-own": "",
        "nl-who": "Ruth",
        **changes,
    }


def test_the_quotes_of_the_page_are_offered(staff: Client, story: StoryPage) -> None:
    answer = staff.get(make_url(story)).content.decode()
    assert QUOTE in answer
    assert "nog geen versie in deze taal" in answer


def test_cards_are_shown_before_they_are_made(staff: Client, story: StoryPage) -> None:
    answer = staff.post(make_url(story), chosen(CampaignFactory()))
    assert answer.content.decode().count("data:image/png;base64,") == 2
    assert not QuoteCard.objects.exists()


def test_made_cards_stand_with_their_campaign(staff: Client, story: StoryPage) -> None:
    campaign = CampaignFactory()
    answer = staff.post(make_url(story), chosen(campaign, **{"action-make": "1"}), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("cards_of_campaign", args=[campaign.pk])
    assert answer.content.decode().count("cards__label") == 2


def test_from_a_post_the_card_goes_into_its_draft(
    staff: Client, story: StoryPage, network: MemoryNetwork
) -> None:
    post = scheduled(SocialAccountFactory(), page=story).post
    url = make_url(story, f"?campaign={post.campaign_id}&post={post.pk}")
    assert url.replace("&", "&amp;") in staff.get(edit_url(post)).content.decode()
    answer = staff.post(url, chosen(post.campaign, **{"action-make": "1"}))
    assert answer["Location"] == edit_url(post)
    post.refresh_from_db()
    draft = post.get_latest_revision_as_object()
    assert draft.image == QuoteCard.objects.get(format=Format.SQUARE).image
    assert QUOTE in draft.image_alt
    assert post.image is None  # what was approved is untouched


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"formats": []}, "Kies minstens één formaat"),
        ({"nl-chosen": ""}, "Kies minstens één taal"),
        ({"nl-quote": "own", "nl-own": ""}, "Kies een citaat"),
        ({"nl-quote": "own", "nl-own": "Dat zei niemand."}, "staan niet op de pagina"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    staff: Client, story: StoryPage, changes: dict[str, Any], sentence: str
) -> None:
    answer = staff.post(make_url(story), chosen(CampaignFactory(), **{"action-make": "1"}, **changes))
    assert sentence in answer.content.decode()
    assert 'value="Ruth"' in answer.content.decode()
    assert not QuoteCard.objects.exists()


def test_a_new_post_can_start_from_a_card(staff: Client, story: StoryPage) -> None:
    card = square(story)
    answer = staff.post(reverse("cards_use", args=[card.pk]))
    post = Post.objects.get()
    assert answer["Location"] == edit_url(post)
    assert (post.page_id, post.image, post.image_alt, post.live) == (story.pk, card.image, card.alt, False)


@pytest.mark.parametrize("name", ["cards_of_campaign", "cards_choose_page"])
def test_only_campaign_staff_sees_cards(browser_of: Any, name: str) -> None:
    url = reverse(name, args=[CampaignFactory().pk])
    assert browser_of("Campaign staff").get(url).status_code == 200
    assert browser_of("Editors").get(url).status_code in (302, 403)


def test_only_campaign_staff_makes_cards(browser_of: Any, story: StoryPage) -> None:
    answer = browser_of("Editors").post(make_url(story), chosen(CampaignFactory(), **{"action-make": "1"}))
    assert answer.status_code in (302, 403)
    assert not QuoteCard.objects.exists()


def test_a_card_carries_the_logo_of_its_campaign(story: StoryPage, picture: CustomImage) -> None:
    plain = make_cards(CampaignFactory(), story, QUOTE, formats=[Format.SQUARE])[0]
    with_logo = make_cards(CampaignFactory(logo=picture), story, QUOTE, formats=[Format.SQUARE])[0]
    images = []
    for card in (plain, with_logo):
        with card.image.file.open("rb") as file, Image.open(file) as image:
            images.append(image.convert("RGB").copy())
    box = ImageChops.difference(*images).getbbox()
    assert box is not None, "it is there"
    assert box[1] > images[0].height * 0.75, "at the foot, where no quote stands"
    assert images[1].getpixel((box[2] - 6, (box[1] + box[3]) // 2)) == (255, 255, 255), "on white"
