"""The pictures themselves: size, colours, and that nothing is written outside of its place."""

from __future__ import annotations

import io
import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from campaigns.branding import contrast, parse
from campaigns.cards.drawing import FRAMES, Format, Style, Words, draw_card, palette_of

QUOTE = "‘En wie zorgt er voor u?’ Die vraag had nog nooit iemand mij gesteld."


def drawn(
    words: Words, image_format: Format, style: Style = Style.COLOUR, colour: str = "#0a5462"
) -> Image.Image:
    return Image.open(io.BytesIO(draw_card(words, image_format, palette_of(style, colour))))


@pytest.mark.parametrize(
    ("image_format", "size"),
    [
        (Format.SQUARE, (1080, 1080)),
        (Format.PORTRAIT, (1080, 1350)),
        (Format.STORY, (1080, 1920)),
        (Format.LANDSCAPE, (1200, 628)),
    ],
)
def test_each_format_has_the_size_that_networks_show(image_format: Format, size: tuple[int, int]) -> None:
    card = drawn(Words(QUOTE, "nl", "Ruth"), image_format)
    assert card.size == size
    assert card.format == "PNG"


@pytest.mark.parametrize("image_format", Format)
@pytest.mark.parametrize("quote", ["Ik bel.", "W" * 400, "Rindfleischetikettierungsüberwachungsgesetz " * 9])
def test_nothing_is_written_outside_of_the_frame(image_format: Format, quote: str) -> None:
    """What differs between a card with words and one whose words are as good as none stays inside of the margins."""
    who = "Een vader uit Eupen die in Kerkrade werkt en liever niet bij zijn naam genoemd wordt"
    full = drawn(
        Words(quote[:400].strip(), "de", who, "Beispielgeschichte", "Limburg Openhartig"), image_format
    )
    bare = drawn(Words(".", "de"), image_format)
    box = ImageChops.difference(full, bare).getbbox()
    frame = FRAMES[image_format]
    assert box is not None
    left, top, right, bottom = box
    assert left >= frame.margin - 4
    assert right <= frame.width - frame.margin + 4
    assert top >= frame.top - 4
    assert bottom <= frame.height - frame.bottom + 4


@settings(max_examples=100)
@given(st.integers(0, 0xFFFFFF), st.sampled_from(Style))
def test_every_letter_can_be_read_or_the_colour_is_refused(number: int, style: Style) -> None:
    colour = f"#{number:06x}"
    try:
        palette = palette_of(style, colour)
    except ValidationError:
        assert style is Style.COLOUR
        lightest, darkest = ((0xFF, 0xFD, 0xFB), (0x27, 0x1C, 0x36))
        assert max(contrast(lightest, parse(colour)), contrast(darkest, parse(colour))) < 4.5
        return
    for ground in (palette.ground, *palette.motif):
        assert contrast(palette.letters, ground) >= 4.5
        assert contrast(palette.soft, ground) >= 4.5


def test_a_colour_between_light_and_dark_is_refused_with_its_contrast() -> None:
    with pytest.raises(ValidationError) as refusal:
        palette_of(Style.COLOUR, "#7d7d7d")
    assert re.search(r"#7d7d7d.* 4,[0-4] ", refusal.value.messages[0])
    assert palette_of(Style.PAPER, "#7d7d7d").letters


def test_the_same_words_give_the_same_picture() -> None:
    words, palette = Words(QUOTE, "nl", "Ruth"), palette_of(Style.PAPER, "#8c2f45")
    assert draw_card(words, Format.SQUARE, palette) == draw_card(words, Format.SQUARE, palette)


@pytest.mark.parametrize(("quote", "sentence"), [("  ", "citaat"), ("a" * 401, "401"), ("goed 🙂", "🙂")])
def test_words_that_cannot_be_drawn_are_refused_in_one_sentence(quote: str, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        draw_card(Words(quote, "nl"), Format.SQUARE, palette_of(Style.PAPER, ""))
