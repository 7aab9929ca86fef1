"""Text in a box: never over the edge, nothing lost, as large as it goes, divided where its language divides."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from campaigns.cards.typefaces import VOICE, cleaned, missing_letters
from campaigns.cards.typesetting import Setting, fit

LONGEST_GERMAN = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
LONGEST_DUTCH = "meervoudigepersoonlijkheidsstoornis"
BOX = (1048, 330)  # the smallest room there is for a quote: on the landscape card
LETTERS = st.sampled_from("abcdefghijklmnoprstuvwzäöüßéèêçœWMmİÅ0123456789.,;:!?’“„«»–-…ĳőŁ")
QUOTES = st.lists(st.text(LETTERS, min_size=1, max_size=90), min_size=1, max_size=60).map(
    lambda words: " ".join(words)[:400]
)


def set_in(text: str, language: str = "nl", box: tuple[int, int] = BOX) -> Setting:
    return fit(text, language=language, face=VOICE, box=box, largest=96, tightness=1.24)


def letters_of(text: str) -> str:
    """Without what setting may change: spaces, and hyphens."""
    return re.sub(r"[\s\-]", "", text)


@settings(max_examples=12)
@given(QUOTES, st.sampled_from(["nl", "de", "fr"]), st.sampled_from([BOX, (888, 640), (888, 1000)]))
@example("W" * 400, "nl", BOX)
@example("a", "fr", BOX)
@example(" ".join([LONGEST_GERMAN] * 6), "de", (888, 640))
@example("deze\u00a0woorden\u00a0blijven\u00a0bij\u00a0elkaar" * 12, "nl", BOX)
def test_no_text_leaves_its_box_or_loses_a_letter(text: str, language: str, box: tuple[int, int]) -> None:
    setting = set_in(text, language, box)
    assert setting.width <= box[0]
    assert setting.height <= box[1]
    assert letters_of("".join(setting.lines)) == letters_of(cleaned(text))


def test_a_short_text_is_set_in_the_largest_letters() -> None:
    assert set_in("Ik bel.").size == 96


def test_the_longer_the_text_the_smaller_the_letters() -> None:
    sizes = [set_in("Niemand vroeg ooit hoe het met mij ging. " * number).size for number in (1, 3, 9)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 3


def test_words_stay_whole_while_they_fit_on_a_line() -> None:
    setting = set_in("Die vraag had nog nooit iemand mij gesteld, en dat deed mij veel.", box=(700, 500))
    assert not any(line.endswith("-") for line in setting.lines)


@pytest.mark.parametrize(
    ("word", "language", "parts"),
    [
        (LONGEST_GERMAN, "de", ["fleisch", "etikettierung", "aufgaben", "übertragung", "gesetz"]),
        (LONGEST_DUTCH, "nl", ["meervoudige", "persoonlijk", "heids", "stoornis"]),
    ],
)
def test_a_compound_is_divided_between_syllables(word: str, language: str, parts: list[str]) -> None:
    """No line begins or ends with a lone letter, and most divisions are known ones of the language."""
    setting = set_in(word, language, (500, 700))
    assert len(setting.lines) > 1
    assert all(line.endswith("-") for line in setting.lines[:-1])
    assert all(len(line.strip("-")) >= 3 for line in setting.lines)
    assert "".join(line.removesuffix("-") for line in setting.lines) == word


def test_a_line_may_end_after_a_hyphen_that_is_there_already() -> None:
    lines = set_in("Zuid-Limburg-Ostbelgien-Heinsberg-Aachen", box=(420, 900)).lines
    assert len(lines) > 1
    assert not any(line.endswith("--") for line in lines)


def test_what_was_tied_together_stays_together() -> None:
    lines = set_in("Ik woon in Vaals en werk in Aken, 30\u00a0kilometer\u00a0verder.", box=(560, 700)).lines
    assert not any(line.endswith("30") or line.startswith(("kilometer", "verder")) for line in lines)


def test_french_marks_stand_at_no_beginning_of_a_line() -> None:
    for width in range(380, 900, 40):
        lines = set_in(
            "« Et vous, qui prend soin de vous ? » On ne demande jamais !", "fr", (width, 900)
        ).lines
        assert not any(line[0] in "?!»;:" or line.endswith("«") for line in lines), (width, lines)


def test_lines_are_about_equally_long() -> None:
    lines = set_in("Wie zorgt er voor u? Die vraag had nog nooit iemand mij gesteld.", box=(888, 640)).lines
    assert len(lines[-1]) > len(lines[0]) / 3


@pytest.mark.parametrize(
    ("text", "missing"), [("Een ĳsbeer, Łódź, œuvre", []), ("goed 🙂 до", ["🙂", "д", "о"])]
)
def test_signs_that_the_typeface_lacks_are_named(text: str, missing: list[str]) -> None:
    assert missing_letters(VOICE, text) == missing
