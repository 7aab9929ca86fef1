"""The care-route finder: complete, honest about what is not certain, crisis first."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from drieklank.models import HomePage
from support.models import CareAdvice, CareRoutePage, DirectoryPage
from support.models.routes import Part
from support.routing import Situation, all_situations, gaps, route
from support.sample_pages import draft_support_pages, load_care_advice, load_support_pages
from support.sample_services import load_services
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

FRONTIER_WORKER = {"lives": "NL", "works": "DE", "insured": "DE", "age": "24_up", "question": "therapy"}


@pytest.fixture
def advice() -> list[CareAdvice]:
    load_care_advice()
    return list(CareAdvice.objects.all())


@pytest.fixture
def finder() -> Page:
    home = HomePage.objects.get(locale__language_code="nl")
    return home.add_child(instance=CareRoutePage(title="Uw weg naar hulp", slug="weg"))


def test_every_one_of_the_27_combinations_has_a_first_step_and_costs(advice: list[CareAdvice]) -> None:
    situations = list(all_situations())
    assert len({(one.lives, one.works, one.insured) for one in situations}) == 27
    for situation in situations:
        missing = [section.part for section in route(situation, advice) if not section.advice]
        assert missing == [], situation
    assert gaps(advice) == []


def test_what_no_source_says_about_belgium_is_shown_as_not_certain(client: Client, finder: Page) -> None:
    load_care_advice()
    insured_in_belgium = {**FRONTIER_WORKER, "works": "BE", "insured": "BE"}
    page = client.get(finder.url, insured_in_belgium).content.decode()
    part = page[page.index("Als u lang moet wachten") :]
    assert "geen regel" in part.split("</p>")[0]
    assert "Niet zeker" in part.split("</p>")[1]


def test_verified_advice_on_care_and_money_names_its_source(advice: list[CareAdvice]) -> None:
    verified = [one for one in advice if one.certainty == "verified" and one.key != "crisis"]
    assert [one.key for one in verified if not one.source] == []


def test_advice_holds_only_where_its_conditions_do(advice: list[CareAdvice]) -> None:
    keys = {one.key for section in route(Situation(**FRONTIER_WORKER), advice) for one in section.advice}
    assert {"first-de", "appointment-de", "form-s1", "costs-de"} <= keys
    assert not keys & {"first-nl", "first-be", "form-works-abroad", "crisis"}
    at_home = Situation(**{**FRONTIER_WORKER, "works": "NL", "insured": "NL", "age": "under_18"})
    keys = {one.key for section in route(at_home, advice) for one in section.advice}
    assert "costs-under-18-nl" in keys
    assert not keys & {"costs-own-risk-nl", "form-s1"}


def test_a_gap_is_reported_and_told_to_the_reader(
    client: Client, finder: Page, advice: list[CareAdvice]
) -> None:
    CareAdvice.objects.filter(part=Part.COSTS, insured__contains=",DE,").delete()
    found = {(gap.part, gap.insured): gap.situations for gap in gaps(CareAdvice.objects.all())}
    assert found[Part.COSTS, "DE"] == 27
    page = client.get(finder.url, FRONTIER_WORKER).content.decode()
    assert "Wij weten dit nog niet zeker" in page


def test_on_paper_the_answers_stand_in_words(client: Client, finder: Page, advice: list[CareAdvice]) -> None:
    page = client.get(finder.url, FRONTIER_WORKER).content.decode()
    assert "<dt>Verzekerd in</dt><dd>Duitsland</dd>" in page
    assert "<dt>Woont in</dt><dd>Nederland</dd>" in page
    assert "route-situation" not in client.get(finder.url).content.decode()


def test_the_page_says_how_certain_it_is_and_as_of_when(
    client: Client, finder: Page, advice: list[CareAdvice]
) -> None:
    page = client.get(finder.url, FRONTIER_WORKER).content.decode()
    assert "Sprechstunde" in page
    assert "Uit een oudere bron" in page
    assert "Niet zeker" in page
    assert "21 november 2026" in page
    assert "Set-Cookie" not in client.get(finder.url, FRONTIER_WORKER)


def test_in_a_crisis_help_lines_come_before_everything(
    client: Client, finder: Page, advice: list[CareAdvice]
) -> None:
    load_services()
    page = client.get(finder.url, {**FRONTIER_WORKER, "question": "crisis"}).content.decode()
    main = page[page.index("<main") :]
    assert 'href="tel:112"' in main
    assert main.index('href="tel:112"') < main.index("huisartsenpost")
    assert "Zuzahlung" not in main


@pytest.mark.parametrize("changes", [{"lives": "XX"}, {"age": ""}, {"question": "<script>"}])
def test_half_a_situation_is_asked_for_again(client: Client, finder: Page, changes: dict[str, str]) -> None:
    page = client.get(finder.url, {**FRONTIER_WORKER, **changes}).content.decode()
    assert "Kies bij elke vraag een antwoord" in page
    assert "<script>" not in page


def test_editors_change_advice_and_see_gaps_others_do_not(client: Client, advice: list[CareAdvice]) -> None:
    client.force_login(PersonFactory(group="Editors"))
    assert "crisis" in client.get(reverse("care_advice:index")).content.decode()
    CareAdvice.objects.filter(key="waiting-be").delete()
    assert "België" in client.get(reverse("support_gaps")).content.decode()
    client.force_login(PersonFactory(group="Campaign staff"))
    assert client.get(reverse("support_gaps")).status_code in (302, 403)
    assert client.get(reverse("care_advice:index")).status_code in (302, 403)


@pytest.mark.django_db(transaction=True)
def test_the_sample_pages_come_live_in_three_languages_once() -> None:
    home = HomePage.objects.get(locale__language_code="nl")
    assert len(load_support_pages(draft_support_pages(home))) == 3
    assert load_support_pages(draft_support_pages(home)) == []
    for model in (DirectoryPage, CareRoutePage):
        live = model.objects.live()
        assert {page.locale.language_code for page in live} == {"nl", "de", "fr"}
        assert len({page.title for page in live}) == 3
