"""The glossary: a word in three languages and three countries, where texts mention it and on a page of its own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from core.tokens import filled_html, filled_text
from drieklank.models import HomePage, StandardPage
from support.models import CountryTerm, GlossaryPage, GlossaryTerm
from support.sample_pages import load_glossary
from tests.factories.people import PersonFactory
from tests.support.files import service

pytestmark = pytest.mark.django_db


@pytest.fixture
def glossary() -> Page:
    load_glossary()
    home = HomePage.objects.get(locale__language_code="nl")
    return home.add_child(instance=GlossaryPage(title="Begrippen", slug="begrippen"))


def test_every_sample_word_is_explained_in_three_languages() -> None:
    load_glossary()
    terms = GlossaryTerm.objects.all()
    assert len(terms) >= 20
    for term in terms:
        term.full_clean()
        for language in ("nl", "de", "fr"):
            with override(language):
                assert term.word
                assert term.explanation
    load_glossary()
    assert GlossaryTerm.objects.count() == len(terms)


def test_a_word_without_equivalent_keeps_its_own_language(client: Client, glossary: Page) -> None:
    page = client.get(glossary.url).content.decode()
    assert '<h2 class="term-card__word">POH-ggz</h2>' in page
    assert "geen tegenhanger" in page
    with override("de"):
        term = GlossaryTerm.objects.get(key="poh_ggz")
        assert (term.word, term.language, term.is_foreign) == ("POH-ggz", "nl", True)


def test_a_text_leads_to_the_explanation_without_a_script(glossary: Page) -> None:
    html = filled_html("<p>Ga naar uw {term:gp}.</p>", "nl")
    assert f'<a class="term" href="{glossary.url}#gp" title="De arts bij u in de buurt' in html
    assert html.endswith("<span>huisarts</span></a>.</p>")
    assert filled_text("Gehen Sie zur {term:gp}.", "de") == "Gehen Sie zur Hausarzt, Hausärztin."


def test_where_no_glossary_is_online_the_word_stands_alone() -> None:
    load_glossary()
    assert filled_html("<p>{term:poh_ggz}</p>", "fr") == '<p><span lang="nl">POH-ggz</span></p>'


def test_a_word_that_nobody_explains_stays_a_word() -> None:
    assert filled_html("<p>{term:not_there}</p>", "nl") == "<p>not there</p>"


def test_an_explanation_cannot_become_markup(glossary: Page) -> None:
    GlossaryTerm.objects.filter(key="gp").update(term_nl="<b>x", explanation_nl='"><script>')
    html = filled_html("{term:gp}", "nl")
    assert "<script>" not in html
    assert "&lt;b&gt;x" in html


def test_the_page_lists_words_in_the_alphabet_with_what_countries_call_them(
    client: Client, glossary: Page, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(glossary.url)
    few = 40
    with django_assert_max_num_queries(few):
        page = client.get(glossary.url).content.decode()
    words = [
        page.index(f">{word}</h2>") for word in ("drempel", "eigen risico", "huisarts", "zorgverzekeraar")
    ]
    assert words == sorted(words)
    assert "huisarts, médecin généraliste, Hausarzt" in page
    assert "Niet zeker: nog te controleren" in page
    GlossaryTerm.objects.bulk_create(
        GlossaryTerm(key=f"t{n}", term_nl=f"woord {n}", explanation_nl="x") for n in range(100)
    )
    with django_assert_max_num_queries(few):
        client.get(glossary.url)


def test_a_page_shows_a_word_and_a_service_as_blocks(client: Client, glossary: Page) -> None:
    chosen = service("ggd", name="GGD Voorbeeld")
    home = HomePage.objects.get(locale__language_code="nl")
    page = home.add_child(
        instance=StandardPage(
            title="Uitleg",
            slug="uitleg",
            body=json.dumps(
                [
                    {"id": "1", "type": "glossary_term", "value": {"term": "gp"}},
                    {"id": "2", "type": "service", "value": {"service": chosen.pk}},
                ]
            ),
        )
    )
    shown = client.get(page.url).content.decode()
    assert "Vaak de eerste stap" in shown
    assert f'href="{glossary.url}#gp"' in shown
    assert "GGD Voorbeeld" in shown
    GlossaryTerm.objects.all().delete()
    chosen.delete()
    answer = client.get(page.url)
    assert answer.status_code == 200
    assert "GGD Voorbeeld" not in answer.content.decode()


def test_verified_needs_a_source_and_a_day() -> None:
    term = GlossaryTerm(key="a", term_nl="A", explanation_nl="a", explanation_de="a", explanation_fr="a")
    term.full_clean()
    term.status = "verified"
    with pytest.raises(ValidationError, match="bron"):
        term.full_clean()
    with pytest.raises(ValidationError, match="minstens één taal"):
        GlossaryTerm(key="a", explanation_nl="a", explanation_de="a", explanation_fr="a").full_clean()


def test_editors_keep_words_and_choose_them_in_a_text(client: Client) -> None:
    client.force_login(PersonFactory(group="Editors"))
    load_glossary()
    listed = client.get(reverse("glossary_term:index")).content.decode()
    assert "{term:poh_ggz}" in listed
    form = client.get(reverse("glossary_term:edit", args=[CountryTerm.objects.first().term_id]))
    assert form.status_code == 200
    groups = client.get(reverse("factsheets_facts_to_choose")).json()["groups"]
    assert {"token": "{term:gp}", "label": "huisarts"} in groups[-1]["tokens"]


def test_a_service_is_chosen_by_name_and_country(client: Client) -> None:
    client.force_login(PersonFactory(group="Editors"))
    service("ggd", name="GGD Voorbeeld", country="BE")
    answer = client.get(reverse("service_chooser:choose_results"), {"q": "voorbeeld"}).content.decode()
    assert "GGD Voorbeeld" in answer
    assert "België" in answer


def mentioning(body: list[dict[str, object]], title: str = "Uitleg over zorg") -> StandardPage:
    home = HomePage.objects.get(locale__language_code="nl")
    page = home.add_child(instance=StandardPage(title=title, slug=title.lower().replace(" ", "-"), body=body))
    page.save_revision().publish()
    return page


@pytest.mark.parametrize(
    "block",
    [
        {"type": "text", "value": "<p>Ga naar uw {term:gp}.</p>"},
        {"type": "glossary_term", "value": {"term": "gp"}},
    ],
    ids=["in a text", "as a block"],
)
def test_a_word_in_use_stays_and_its_pages_are_named(
    client: Client, glossary: Page, block: dict[str, object]
) -> None:
    page = mentioning([block])
    client.force_login(PersonFactory(group="Editors"))
    delete = reverse("glossary_term:delete", args=[GlossaryTerm.objects.get(key="gp").pk])
    answer = client.post(delete, follow=True).content.decode()
    assert "“huisarts” kan niet weg: 1 pagina of bericht noemt dit woord (Uitleg over zorg)" in answer
    assert GlossaryTerm.objects.filter(key="gp").exists()
    page.body = []
    page.save_revision().publish()
    client.post(delete)
    assert not GlossaryTerm.objects.filter(key="gp").exists()


def test_a_word_that_no_text_mentions_can_go(client: Client, glossary: Page) -> None:
    mentioning([{"type": "text", "value": "<p>Ga naar uw {term:gp}.</p>"}])
    client.force_login(PersonFactory(group="Editors"))
    client.post(reverse("glossary_term:delete", args=[GlossaryTerm.objects.get(key="poh_ggz").pk]))
    assert not GlossaryTerm.objects.filter(key="poh_ggz").exists()


def test_a_changed_word_is_found_by_search_at_once(
    glossary: Page, django_capture_on_commit_callbacks: Any
) -> None:
    page = mentioning([{"type": "text", "value": "<p>Ga naar uw {term:gp}.</p>"}])
    term = GlossaryTerm.objects.get(key="gp")
    term.term_nl = "buurtdokter"
    with django_capture_on_commit_callbacks(execute=True):
        term.save()
    assert [found.pk for found in StandardPage.objects.live().search("buurtdokter")] == [page.pk]


def test_words_that_state_how_care_is_arranged_name_a_source(client: Client, glossary: Page) -> None:
    page = client.get(glossary.url).content.decode()
    card = page[page.index('id="own-risk"') :].split("</article>")[0]
    assert "21 november 2026" in card
    assert 'Bron: <a href="https://www.rijksoverheid.nl">Rijksoverheid</a>' in card
