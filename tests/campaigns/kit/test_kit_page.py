"""A partner's page: what is ready to use, what a teller did not allow, and what was withdrawn."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from PIL import Image

from campaigns.cards.drawing import Format
from campaigns.cards.making import make_cards
from campaigns.kit.filling import make_kit
from campaigns.kit.models import PartnerFigure, PartnerKit
from campaigns.models import Campaign, Partner, PostTarget, VisitCount
from core.models import CustomImage
from stories.consent.actions import TELLER, withdraw_story
from stories.consent.purposes import Purpose
from tests.campaigns.kit.visiting import FIREFOX, WORDS, nonce_in, post_about, see, tell, url_of
from tests.factories.campaigns import SocialAccountFactory, approved_post
from tests.factories.consents import consented_story
from tests.factories.pages import StoryPageFactory

pytestmark = pytest.mark.django_db


def test_an_approved_post_is_ready_with_a_link_of_the_partners_own(kit: PartnerKit) -> None:
    post_about(StoryPageFactory(), kit)
    item = kit.items.get()
    content = see(kit)
    assert WORDS in content
    assert f"/s/{item.short_url.code}" in content
    assert "utm_source=gemeente-voorbeeld&utm_medium=partner" in item.short_url.parameters


def test_two_partners_have_two_links_and_their_visits_are_told_apart(
    kit: PartnerKit, campaign: Campaign
) -> None:
    other = make_kit(campaign, Partner.objects.create(name="Gemeente Ernaast"), ["nl"])
    post_about(StoryPageFactory(), kit)
    codes = [one.items.get().short_url.code for one in (kit, other)]
    assert len(set(codes)) == 2
    Client().get(f"/s/{codes[0]}", headers={"user-agent": FIREFOX})
    assert VisitCount.objects.get().short_url.kit_item.kit == kit


def test_drafts_and_other_languages_are_not_there(kit: PartnerKit) -> None:
    post_about(None, kit, language="de", text="Wer sorgt für Sie?")
    draft = post_about(None, kit, text="Nog niet goedgekeurd")
    draft.unpublish()
    assert "Wer sorgt" not in see(kit)
    assert "Nog niet goedgekeurd" not in see(kit)


def test_what_its_teller_did_not_allow_for_partners_is_not_there(kit: PartnerKit) -> None:
    post_about(consented_story(set(Purpose) - {Purpose.PARTNER_KIT}), kit)
    assert WORDS not in see(kit)
    with zipfile.ZipFile(io.BytesIO(Client().get(url_of(kit, "partner_kit_zip")).content)) as archive:
        assert not [name for name in archive.namelist() if "/" in name]


def test_a_quote_card_asks_the_page_of_its_words_too(kit: PartnerKit, picture: CustomImage) -> None:
    story = consented_story(set(Purpose) - {Purpose.PARTNER_KIT})
    card = make_cards(
        kit.campaign, story, "Iedere ochtend fietste zij over de grens.", formats=[Format.SQUARE]
    )[0]
    post_about(None, kit, image=card.image, image_alt=card.alt)
    assert WORDS not in see(kit)


def test_a_withdrawn_item_is_gone_at_once_and_its_partner_gets_mail(
    kit: PartnerKit, django_capture_on_commit_callbacks: Any
) -> None:
    story = consented_story()
    post_about(story, kit)
    code = kit.items.get().short_url.code
    assert WORDS in see(kit)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_story(story.translation_key, TELLER)
    content = see(kit)
    assert WORDS not in content
    assert "Haal dit alstublieft weg" in content
    letter = next(letter for letter in mail.outbox if letter.to == ["kit@example.org"])
    assert code in letter.body
    assert WORDS not in letter.body
    assert story.title not in f"{letter.subject} {letter.body}"
    assert Client().get(f"/s/{code}").status_code == 410
    assert Client().get(url_of(kit, "partner_kit_zip")).status_code == 200


def test_a_partner_is_told_once(kit: PartnerKit, django_capture_on_commit_callbacks: Any) -> None:
    from campaigns.kit.telling import tick

    story = consented_story()
    post_about(story, kit)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_story(story.translation_key, TELLER)
    assert tick() == 0
    assert len([letter for letter in mail.outbox if letter.to == ["kit@example.org"]]) == 1


def test_a_mail_that_fails_is_sent_later(kit: PartnerKit, monkeypatch: pytest.MonkeyPatch) -> None:
    from campaigns.kit import telling
    from campaigns.kit.following import withdraw_items

    post_about(None, kit)
    withdraw_items([kit.items.get().pk])

    def down(*args: Any, **kwargs: Any) -> None:
        raise OSError("no mail server")

    with monkeypatch.context() as patched:
        patched.setattr(telling, "send_mail", down)
        assert telling.tick() == 0
    assert telling.tick() == 1


def test_the_partner_says_that_it_is_gone(kit: PartnerKit) -> None:
    from campaigns.kit.following import withdraw_items

    post_about(None, kit)
    item = kit.items.get()
    withdraw_items([item.pk])
    nonce = nonce_in(see(kit))
    Client().post(url_of(kit, "partner_kit_taken_down", item.pk), {"nonce": nonce})
    item.refresh_from_db()
    assert item.taken_down_at is not None
    assert "Haal dit alstublieft weg" not in see(kit)


# --- we posted it -------------------------------------------------------------------------------------


def test_reach_typed_in_is_a_figure_of_its_own_name(kit: PartnerKit) -> None:
    post_about(None, kit)
    assert tell(kit, "250").status_code == 302
    assert list(PartnerFigure.objects.values_list("name", "value")) == [("partner_reach", 250)]
    assert kit.items.get().posted_at is not None
    assert 'value="250"' in see(kit)


def test_posted_without_a_number_stays_unknown_and_is_no_zero(kit: PartnerKit) -> None:
    post_about(None, kit)
    tell(kit, "")
    assert kit.items.get().posted_at is not None
    assert not PartnerFigure.objects.exists()


def test_pressing_twice_tells_one_figure_and_a_new_number_is_kept_beside_the_old_one(kit: PartnerKit) -> None:
    post_about(None, kit)
    for reach in ("250", "250", "300"):
        tell(kit, reach)
    assert list(PartnerFigure.objects.values_list("value", flat=True)) == [250, 300]


@pytest.mark.parametrize("typed", ["veel", "-3", "1.5", "999999999999"])
def test_what_is_no_number_of_people_is_said_at_the_field_and_stays(kit: PartnerKit, typed: str) -> None:
    post_about(None, kit)
    answer = tell(kit, typed)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode()
    assert not PartnerFigure.objects.exists()


def test_a_form_from_elsewhere_changes_nothing(kit: PartnerKit) -> None:
    post_about(None, kit)
    tell(kit, "250", nonce="made-up")
    assert not PartnerFigure.objects.exists()


# --- to take along ---------------------------------------------------------------------------------------


def test_the_archive_holds_texts_pictures_codes_and_a_calendar(kit: PartnerKit, picture: CustomImage) -> None:
    moment = datetime(2031, 5, 6, 17, 30, tzinfo=UTC)
    post_about(StoryPageFactory(), kit, image=picture, image_alt="Een brug", due_at=moment)
    answer = Client().get(url_of(kit, "partner_kit_zip"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = {name.rpartition("/")[2] for name in archive.namelist()}
        calendar = Calendar.from_ical(archive.read("agenda.ics"))
        square = next(name for name in archive.namelist() if name.endswith("/1x1.jpg"))
        assert Image.open(io.BytesIO(archive.read(square))).size[0] > 0
        text = next(name for name in archive.namelist() if name.endswith("/tekst.txt"))
        assert WORDS in archive.read(text).decode()
    assert {"1x1.jpg", "4x5.jpg", "9x16.jpg", "191x100.jpg", "qr.svg", "qr.png"} <= names
    event: Any = calendar.walk("VEVENT")[0]
    assert event["dtstart"].dt == moment
    assert WORDS in str(event["description"])


def test_a_card_comes_in_its_own_formats_and_is_never_cropped(kit: PartnerKit, picture: CustomImage) -> None:
    story = StoryPageFactory()
    cards = make_cards(
        kit.campaign,
        story,
        "Iedere ochtend fietste zij over de grens.",
        formats=[Format.SQUARE, Format.STORY],
    )
    post_about(story, kit, image=cards[0].image, image_alt=cards[0].alt)
    item = kit.items.get()
    sizes = []
    for name in (Format.SQUARE, Format.STORY):
        answer = Client().get(url_of(kit, "partner_kit_picture", item.pk, name))
        sizes.append(Image.open(io.BytesIO(answer.content)).size)
    assert sizes == [(1080, 1080), (1080, 1920)]
    assert Client().get(url_of(kit, "partner_kit_picture", item.pk, Format.PORTRAIT)).status_code == 404


# --- the link ----------------------------------------------------------------------------------------------


def test_nothing_of_a_visit_stays(kit: PartnerKit) -> None:
    answer = Client().get(url_of(kit))
    assert not answer.cookies
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"


def test_the_token_itself_stands_nowhere_in_the_table(kit: PartnerKit) -> None:
    row = PartnerKit.objects.filter(pk=kit.pk).values().get()
    assert kit.token not in {str(value) for key, value in row.items() if key != "token"}
    assert row["digest"] != kit.token


@pytest.mark.parametrize(
    "change", [lambda token: token[:-1], lambda token: token + "x", lambda token: "x" * 43]
)
def test_a_link_that_is_not_quite_right_opens_nothing(kit: PartnerKit, change: Any) -> None:
    kit.token = change(kit.token)
    assert Client().get(url_of(kit)).status_code == 404


def test_a_closed_link_shows_nothing(kit: PartnerKit, staff: Client) -> None:
    post_about(None, kit)
    staff.post(reverse("kit_link", args=[kit.campaign_id, kit.pk]), {"close": "1"})
    answer = Client().get(url_of(kit))
    assert answer.status_code == 410
    assert WORDS not in answer.content.decode()


def test_a_new_link_closes_the_old_one(kit: PartnerKit, staff: Client) -> None:
    old = url_of(kit)
    staff.post(reverse("kit_link", args=[kit.campaign_id, kit.pk]), {"new": "1"})
    kit = PartnerKit.objects.get()
    assert Client().get(old).status_code == 404
    assert Client().get(url_of(kit)).status_code == 200


def test_the_page_is_there_in_three_languages(kit: PartnerKit) -> None:
    for language, word in (("nl", "Partnerkit"), ("de", "Partnerkit"), ("fr", "Kit partenaire")):
        content = Client().get(url_of(kit, language=language)).content.decode()
        assert f'<html lang="{language}"' in content
        assert word in content


# --- in the admin ---------------------------------------------------------------------------------------------


def test_staff_makes_a_kit_and_sees_what_came_of_it(campaign: Campaign, staff: Client) -> None:
    approved_post(campaign=campaign, text=WORDS)
    partner = campaign.partners.get()
    staff.post(
        reverse("kit_new", args=[campaign.pk]),
        {"partner": partner.pk, "languages": ["fr", "nl"], "email": ""},
    )
    kit = PartnerKit.objects.get()
    assert kit.languages == ["nl", "fr"]
    tell(kit, "120")
    content = staff.get(reverse("kits_of_campaign", args=[campaign.pk])).content.decode()
    assert url_of(kit) in content
    assert ">120<" in content


def test_a_partner_of_another_campaign_is_not_offered(campaign: Campaign, staff: Client) -> None:
    stranger = Partner.objects.create(name="Gemeente Elders")
    answer = staff.post(
        reverse("kit_new", args=[campaign.pk]), {"partner": stranger.pk, "languages": ["nl"], "email": ""}
    )
    assert answer.status_code == 200
    assert not PartnerKit.objects.exists()


def test_the_desk_adds_up_what_partners_told_and_nothing_else(kit: PartnerKit, browser_of: Any) -> None:
    post_about(StoryPageFactory(), kit)
    desk = reverse("campaign:desk", args=[kit.campaign_id])
    assert list(browser_of("Campaign staff").get(desk).context["totals_of_parts"]) == []
    tell(kit, "")
    tell(kit, "250")
    tell(kit, "300")  # corrected
    totals = browser_of("Campaign staff").get(desk).context["totals_of_parts"]
    assert [(total.value, str(total.note)) for total in totals] == [
        (1, "zoals partners het vertelden"),
        (300, "door partners verteld, voor 1 bericht"),
    ]


def test_a_picture_that_only_an_account_has_is_in_the_kit(kit: PartnerKit, picture: CustomImage) -> None:
    post = post_about(StoryPageFactory(), kit)
    account = SocialAccountFactory(provider="website")
    PostTarget.objects.create(post=post, account=account, image=picture, image_alt="Een brug over de Maas")
    assert "Een brug over de Maas" in see(kit)
