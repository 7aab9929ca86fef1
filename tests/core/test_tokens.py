from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import tokens
from core.tokens import Said, filled_html, filled_text, register_tokens, tokens_in


@pytest.fixture(autouse=True)
def river_tokens() -> Iterator[list[set[str]]]:
    """A kind of token that knows one key, and the look-ups it was asked for."""
    asked: list[set[str]] = []

    def fill(keys: set[str], language: str) -> Mapping[str, Said]:
        asked.append(keys)
        return {"meuse": Said(text='the "Maas" <', html="<b>Maas</b>")} if "meuse" in keys else {}

    register_tokens("river", fill)
    yield asked
    tokens._fillers.pop("river")


def test_a_token_is_said_as_html_in_text_and_as_plain_text_in_an_attribute() -> None:
    html = '<p title="By {river:meuse}">By {river:meuse}</p>'
    assert filled_html(html, "nl") == '<p title="By the &quot;Maas&quot; &lt;">By <b>Maas</b></p>'


def test_plain_text_gets_no_markup() -> None:
    assert filled_text("By {river:meuse}.", "nl") == 'By the "Maas" <.'


def test_what_nobody_knows_is_said_to_be_checked_in_the_language_of_the_page() -> None:
    assert filled_text("By {river:geul}.", "de") == "By wird geprüft."


def test_braces_that_are_no_token_stay() -> None:
    text = '{"@type": "Article"} {unknown:kind} {river:} {river}'
    assert filled_html(text, "nl") == text
    assert tokens_in(text) == set()


def test_a_whole_page_asks_once(river_tokens: list[set[str]]) -> None:
    filled_html("{river:meuse} {river:geul} {river:meuse}", "nl")
    assert river_tokens == [{"meuse", "geul"}]


@given(st.text())
def test_text_without_tokens_is_left_as_it_is(text: str) -> None:
    if not tokens_in(text):
        assert filled_text(text, "fr") == text
        assert filled_html(text, "fr") == text
