from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from factsheets.readability import (
    amstad,
    flesch_douma,
    kandel_moles,
    measure,
    sentences_in,
    syllables,
    wiener_1,
)
from tests.factories.pages import FactsheetPageFactory, body_of


def test_the_formulas_give_what_their_authors_wrote() -> None:
    assert flesch_douma(10, 1.5) == pytest.approx(82.04)
    assert amstad(10, 1.5) == pytest.approx(82.25)
    assert kandel_moles(10, 1.5) == pytest.approx(86.45)
    assert wiener_1(ms=10, sl=10, iw=20, es=50) == pytest.approx(3.691)


@pytest.mark.parametrize(
    ("language", "word", "count"),
    [
        ("nl", "huis", 1),
        ("nl", "verzekering", 4),
        ("nl", "gezondheid", 3),
        ("de", "Haus", 1),
        ("de", "Versicherung", 4),
        ("fr", "santé", 2),
        ("fr", "assurance", 3),
    ],
)
def test_syllables_are_counted_in_the_language_of_the_text(language: str, word: str, count: int) -> None:
    assert syllables(word, language) == count


def test_sentences_end_where_people_end_them() -> None:
    text = "Bel 116 117. Dat kost niets! „Wer zahlt?“ Het kost € 2,50 per keer.\nEen kop zonder punt"
    assert [sentence.text for sentence in sentences_in(text)] == [
        "Bel 116 117.",
        "Dat kost niets!",
        "„Wer zahlt?“ Het kost € 2,50 per keer.",
        "Een kop zonder punt",
    ]


def test_long_sentences_and_hard_words_are_named() -> None:
    long = "Wie " + "en wie " * 12 + "komt, die blijft."
    found = measure([*sentences_in(long), *sentences_in("De ziekteverzekeringskaart helpt.")], "nl")
    assert found
    assert [sentence.text for sentence in found.longest] == [long]
    assert found.hardest[0][0] == "ziekteverzekeringskaart"


def test_easier_words_score_higher_in_each_language() -> None:
    for language, easy, hard in [
        (
            "nl",
            "De man is ziek. Hij belt.",
            "Verzekeringsmaatschappijen vergoeden uitzonderlijke behandelingen.",
        ),
        ("fr", "Il est là. On va bien.", "Les professionnels recommandent une hospitalisation immédiate."),
        (
            "de",
            "Er ist da. Es geht gut.",
            "Versicherungsgesellschaften ermöglichen außergewöhnliche Behandlungen.",
        ),
    ]:
        scores = [measure(sentences_in(text), language) for text in (easy, hard)]
        assert scores[0]
        assert scores[1]
        assert scores[0].scores[0][1] > scores[1].scores[0][1]


@given(st.text(), st.sampled_from(["nl", "de", "fr"]))
def test_any_text_can_be_measured(text: str, language: str) -> None:
    found = measure(sentences_in(text), language)
    assert found is None or found.words_per_sentence >= 1


@pytest.mark.django_db
def test_the_editor_shows_the_advice_beside_the_text(admin: Client) -> None:
    long = "De huisarts " + "en de buurvrouw " * 8 + "komen langs."
    page = FactsheetPageFactory(body=body_of(long))
    html = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Flesch-Douma" in html
    assert f'href="#block-{page.body[1].id}-section"' in html
