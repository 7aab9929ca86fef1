"""Lengths as networks count them: a family emoji is one character, whatever it is made of."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.providers.bluesky import BlueskyProvider
from campaigns.providers.text import count_graphemes, is_sendable, normalise

ONE_CHARACTER = {
    "letter": "a",
    "letter with accent, composed": "é",
    "letter with accent, decomposed": "e\u0301",
    "letter with four marks": "a\u0301\u0323\u0308\u0331",
    "Dutch ij": "ĳ",
    "Chinese": "字",
    "Hangul of three parts": "\u1112\u1161\u11ab",
    "flag": "🇧🇪",
    "flag of a region": "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "emoji": "🌻",
    "emoji with a skin tone": "👍🏽",
    "family": "👨‍👩‍👧‍👦",
    "rainbow flag": "🏳️‍🌈",
    "keycap": "1️⃣",
    "Devanagari syllable": "नि",
    "line end of a form": "\r\n",
}


@pytest.mark.parametrize("character", ONE_CHARACTER.values(), ids=ONE_CHARACTER.keys())
def test_what_looks_like_one_character_is_one(character: str) -> None:
    assert count_graphemes(character) == 1
    assert count_graphemes(f"x{character}y{character}") == 4


def test_two_flags_are_two() -> None:
    assert count_graphemes("🇳🇱🇩🇪") == 2


@given(st.text())
def test_writing_an_accent_as_one_code_point_or_two_makes_no_difference(text: str) -> None:
    assert count_graphemes(unicodedata.normalize("NFC", text)) == count_graphemes(
        unicodedata.normalize("NFD", text)
    )


@given(st.lists(st.sampled_from([*ONE_CHARACTER.values(), " "])))
def test_words_add_up(characters: list[str]) -> None:
    assert count_graphemes("|".join(characters)) == max(2 * len(characters) - 1, 0)


@given(st.text())
def test_a_text_is_never_longer_in_graphemes_than_in_code_points(text: str) -> None:
    assert count_graphemes(text) <= len(text)


def test_line_ends_of_a_form_and_blank_edges_are_not_sent() -> None:
    assert normalise(" \r\nEen\r\n\r\ntwee\rdrie \n") == "Een\n\ntwee\ndrie"


def test_half_a_surrogate_pair_cannot_be_sent() -> None:
    assert not is_sendable("x\ud83d")
    assert is_sendable("x🌻")


def test_bluesky_counts_graphemes() -> None:
    count = BlueskyProvider.count("👨‍👩‍👧‍👦" * 100)

    assert (count.used, count.limit, count.left) == (100, 300, 200)


def test_bluesky_counts_bytes_when_these_run_out_first() -> None:
    count = BlueskyProvider.count("👨‍👩‍👧‍👦" * 121)  # 25 bytes each

    assert (count.used, count.limit, count.left) == (3_025, 3_000, -25)


@given(st.lists(st.sampled_from([*ONE_CHARACTER.values(), " ", "\ud83d"]), max_size=400).map("".join))
def test_bluesky_says_there_is_room_exactly_when_there_is(text: str) -> None:
    sent = normalise(text)
    fits = count_graphemes(sent) <= 300 and len(sent.encode("utf-8", "surrogatepass")) <= 3_000

    assert (BlueskyProvider.count(text).left >= 0) == fits
