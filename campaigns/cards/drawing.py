"""A quote as a picture: formats, colours with enough contrast, and the drawing itself. Knows no models."""

from __future__ import annotations

import io
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageDraw

from campaigns.branding import BLACK, GRAPHIC, WHITE, Colour, contrast, mix, parse, readable
from campaigns.cards.shapes import paste_mark
from campaigns.cards.typefaces import PLAIN, PLAIN_BOLD, VOICE, Face, cleaned, font, missing_letters, runs
from campaigns.cards.typesetting import DoesNotFit, Setting, fit

TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3, for every letter on the card
LONGEST_QUOTE = 400
HOUSE_COLOUR = "#2b1d3f"
LIGHT: Colour = (0xFF, 0xFD, 0xFB)
INK: Colour = (0x27, 0x1C, 0x36)
VOICES: tuple[Colour, Colour, Colour] = ((0xDD, 0x9A, 0x25), (0x8A, 0x47, 0x88), (0x0E, 0x6A, 0x79))
OPENING = {"nl": "“", "de": "„", "fr": "«"}


class Format(models.TextChoices):
    SQUARE = "1x1", _("Square (1:1)")
    PORTRAIT = "4x5", _("Portrait (4:5)")
    STORY = "9x16", _("Full screen (9:16)")
    LANDSCAPE = "191x100", _("Landscape (1.91:1)")


class Style(models.TextChoices):
    COLOUR = "colour", _("On the campaign’s colour")
    PAPER = "paper", _("On paper, with the campaign’s colour as an accent")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where things stand on a format, in pixels. Nothing is written in ``top`` and ``bottom``: on a telephone's
    full screen the network lays its own buttons there."""

    width: int
    height: int
    margin: int
    top: int
    bottom: int
    largest: int

    @property
    def unit(self) -> float:
        """A hundredth of the side of a square as large as the card: small things keep their proportion."""
        return float((self.width * self.height) ** 0.5 / 100)


FRAMES = {
    Format.SQUARE: Frame(1080, 1080, 96, 96, 84, 96),
    Format.PORTRAIT: Frame(1080, 1350, 96, 112, 92, 104),
    Format.STORY: Frame(1080, 1920, 96, 270, 350, 112),
    Format.LANDSCAPE: Frame(1200, 628, 76, 58, 50, 74),
}


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a card. ``letters`` is readable on ``ground`` and on every tone of ``motif``."""

    ground: Colour
    letters: Colour
    soft: Colour
    accent: Colour
    motif: tuple[Colour, Colour, Colour]
    mark: tuple[Colour, Colour, Colour]


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on a card. ``note`` says what a reader has to know, such as that a story is an example."""

    quote: str
    language: str
    who: str = ""
    note: str = ""
    campaign: str = ""


def palette_of(style: Style, colour: str) -> Palette:
    """Colours from the campaign's own (``#rrggbb``). Raises ``ValidationError`` for one on which nothing can be read."""
    base = parse(colour or HOUSE_COLOUR)
    if style is Style.PAPER:
        accent = readable(base, on=LIGHT, ratio=GRAPHIC)
        motif = (mix(accent, LIGHT, 0.93), mix(accent, LIGHT, 0.88), mix(accent, LIGHT, 0.82))
        return Palette(LIGHT, INK, mix(INK, LIGHT, 0.22), accent, motif, VOICES)
    letters = max((LIGHT, INK), key=lambda tone: contrast(tone, base))
    best = contrast(letters, base)
    if best < TEXT_CONTRAST:
        message = _(
            "On the campaign’s colour %(colour)s neither light nor dark letters can be read well: their contrast is "
            "%(ratio)s to 1, and 4.5 to 1 is needed. Choose the style on paper, or a darker or lighter colour for "
            "the campaign."
        )
        ratio = number_format(int(best * 10) / 10, 1)  # rounded down: 4.49 is not 4.5
        raise ValidationError(message, params={"colour": colour, "ratio": ratio})
    far = BLACK if letters == LIGHT else WHITE  # away from the letters: a motif only adds contrast
    motif = (mix(base, far, 0.09), mix(base, far, 0.17), mix(base, far, 0.26))
    soft = next(tone for share in (0.28, 0.2, 0.1, 0) if _reads(tone := mix(letters, base, share), base))
    accent = readable(mix(base, letters, 0.5), on=base, ratio=min(GRAPHIC, best))
    return Palette(base, letters, soft, accent, motif, (accent, soft, letters))


def _reads(tone: Colour, ground: Colour) -> bool:
    return contrast(tone, ground) >= TEXT_CONTRAST


def check_words(words: Words) -> None:
    """Raises ``ValidationError`` for words that cannot be drawn."""
    quote = cleaned(words.quote)
    if not quote:
        raise ValidationError(_("Write or choose a quote."))
    if len(quote) > LONGEST_QUOTE:
        message = _("A card holds at most %(limit)d characters; this quote has %(number)d.")
        raise ValidationError(message, params={"limit": LONGEST_QUOTE, "number": len(quote)})
    for face, text in ((VOICE, words.quote), (PLAIN, f"{words.who}{words.note}{words.campaign}")):
        if missing := missing_letters(face, cleaned(text)):
            message = _("The typeface of the cards does not have these signs: %(signs)s. Leave them out.")
            raise ValidationError(message, params={"signs": " ".join(missing[:10])})


def draw_card(words: Words, image_format: Format, palette: Palette, logo: bytes = b"") -> bytes:
    """The card as a PNG; ``logo`` is a picture's file, empty for none. Raises ``ValidationError`` for words that cannot be drawn."""
    check_words(words)
    frame = FRAMES[image_format]
    picture = Image.new("RGB", (frame.width, frame.height), palette.ground)
    _draw_motif(picture, frame, palette)
    try:
        _draw_words(picture, frame, palette, words, logo)
    except DoesNotFit as error:  # no known text; said all the same, never cut off
        raise ValidationError(_("This quote does not fit on a card. Make it shorter.")) from error
    output = io.BytesIO()
    picture.save(output, "PNG", optimize=True)
    return output.getvalue()


def _draw_motif(picture: Image.Image, frame: Frame, palette: Palette) -> None:
    """The mark, far larger than the card: its curves come in from the left."""
    side = round(max(frame.width * 1.25, frame.height * 1.12))
    left = round(-0.16 * side)
    top = round(frame.height * 0.5 - side * 0.44)
    paste_mark(picture, left, top, side, palette.motif)


def _draw_words(picture: Image.Image, frame: Frame, palette: Palette, words: Words, logo: bytes) -> None:
    """Below each other: the opening mark, the quote, who says it, and at the foot the campaign."""
    unit, width = frame.unit, frame.width - 2 * frame.margin
    foot_top = _draw_foot(picture, frame, palette, words, logo)
    who = _about(words.who, words.language, PLAIN_BOLD, width, round(unit * 3.5))
    note = _about(words.note, words.language, PLAIN, width, round(unit * 2.9))
    opening = round(unit * 9.6)
    gap, small_gap = round(unit * 4.4), round(unit * 1.2)
    below = sum(part.height for part in (who, note) if part) + (gap if who or note else 0)
    below += small_gap if who and note else 0
    room = foot_top - frame.top - opening - below - round(unit * 4.5)
    quote = fit(
        words.quote,
        language=words.language,
        face=VOICE,
        box=(width, room),
        largest=frame.largest,
        tightness=1.24,
    )
    spare = foot_top - frame.top - opening - quote.height - below
    y = frame.top + round(spare * 0.42)
    _draw_opening(picture, palette, words.language, (frame.margin, y), opening)
    y += opening
    _write(picture, quote, frame.margin, y, palette.letters)
    y += quote.height + gap
    if who:
        _write(picture, who, frame.margin, y, palette.letters)
        y += who.height + small_gap
    if note:
        _write(picture, note, frame.margin, y, palette.soft)


def _about(text: str, language: str, face: Face, width: int, size: int) -> Setting | None:
    """One line, or two when it is long: who speaks, and what one has to know about it."""
    text = cleaned(text)
    return (
        fit(text, language=language, face=face, box=(width, round(size * 2.6)), largest=size, tightness=1.3)
        if text
        else None
    )


def _draw_opening(
    picture: Image.Image, palette: Palette, language: str, place: tuple[int, int], height: int
) -> None:
    """The language's opening quotation mark, as an ornament; ``place`` is its upper left corner."""
    mark = OPENING[language]
    face = font(VOICE, round(height * (1.45 if mark == "«" else 2.2)))
    left, upper, __, __ = face.getbbox(mark, anchor="ls")
    corner = (place[0] - left, place[1] - upper)
    ImageDraw.Draw(picture).text(corner, mark, font=face, fill=palette.accent, anchor="ls")


def _draw_foot(picture: Image.Image, frame: Frame, palette: Palette, words: Words, logo: bytes) -> int:
    """The mark, the name of the campaign and its logo, if it has one. Gives the highest place it takes."""
    side = round(frame.unit * 6)
    top = frame.height - frame.bottom - side
    paste_mark(picture, frame.margin - round(side * 0.14), top, side, palette.mark)
    logo_width = _draw_logo(picture, frame, side, top, logo) if logo else 0
    name = cleaned(words.campaign)
    if name:
        left = frame.margin + round(side * 1.12)
        size = round(frame.unit * 2.9)
        box = (frame.width - frame.margin - left - logo_width, side)
        setting = fit(name, language=words.language, face=PLAIN_BOLD, box=box, largest=size, tightness=1.2)
        _write(picture, setting, left, top + (side - setting.height) // 2, palette.letters)
    return top


def _draw_logo(picture: Image.Image, frame: Frame, side: int, top: int, logo: bytes) -> int:
    """At the right of the foot, on white as on the campaign's page. Gives the width it takes, its distance included."""
    padding = round(frame.unit * 0.9)
    with Image.open(io.BytesIO(logo)) as file:
        drawn = file.convert("RGBA")
    most = (round((frame.width - 2 * frame.margin) * 0.34) - 2 * padding, side - 2 * padding)
    scale = min(most[0] / drawn.width, most[1] / drawn.height)
    drawn = drawn.resize((max(1, round(drawn.width * scale)), max(1, round(drawn.height * scale))))
    width = drawn.width + 2 * padding
    left = frame.width - frame.margin - width
    plate = (left, top, left + width - 1, top + side - 1)
    ImageDraw.Draw(picture).rounded_rectangle(plate, radius=padding, fill=WHITE)
    picture.paste(drawn, (left + padding, top + (side - drawn.height) // 2), drawn)
    return width + round(frame.unit * 1.5)


def _write(picture: Image.Image, setting: Setting, left: int, top: int, colour: Colour) -> None:
    draw = ImageDraw.Draw(picture)
    baseline = top + setting.ascent
    for line in setting.lines:
        x = float(left)
        for part, piece in runs(setting.face, line):
            face = font(setting.face, setting.size, part)
            draw.text((x, baseline), piece, font=face, fill=colour, anchor="ls")
            x += face.getlength(piece)
        baseline += setting.leading
