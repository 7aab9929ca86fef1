"""A campaign's colour as a style sheet: the same colour in tones that stay readable, by day and by night.

Contrast as WCAG 2.2 defines it (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

from __future__ import annotations

Colour = tuple[int, int, int]  # red, green, blue, each 0 to 255

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
PAPER_BY_NIGHT: Colour = (0x18, 0x11, 0x21)
TEXT = 7.0  # AAA for text
GRAPHIC = 3.0  # AA for lines and shapes
STEPS = 100


def brand_css(colour: str, accent: str = "") -> str:
    """Style sheet that gives the ``--brand-*`` tokens tones of the campaign's colours (``#rrggbb``); empty without any.

    ``accent`` is for lines and marks alone, never behind or in text.
    """
    day, night = _tones(parse(colour)) if colour else ({}, {})
    if accent:
        mark = parse(accent)
        day["--brand-3"] = readable(mark, on=WHITE, ratio=GRAPHIC)
        night["--brand-3"] = readable(mark, on=PAPER_BY_NIGHT, ratio=GRAPHIC)
    if not day:
        return ""
    return (
        f"@layer tokens {{\n:root {{\n{_declarations(day)}}}\n"
        f"@media (prefers-color-scheme: dark) {{\n:root {{\n{_declarations(night)}}}\n}}\n}}\n"
    )


def _tones(base: Colour) -> tuple[dict[str, Colour], dict[str, Colour]]:
    """The tokens by day and by night."""
    day = {
        "--brand-1": readable(base, on=WHITE, ratio=GRAPHIC),
        "--brand-2": mix(readable(base, on=WHITE, ratio=GRAPHIC), WHITE, 0.35),
        "--brand-deep": readable(base, on=WHITE, ratio=TEXT + 1),
        "--brand-on-deep": WHITE,
        "--brand-on-deep-soft": mix(WHITE, base, 0.12),
        "--brand-action": readable(base, on=WHITE, ratio=TEXT),
        "--brand-action-hover": mix(readable(base, on=WHITE, ratio=TEXT), BLACK, 0.3),
        "--brand-on-action": WHITE,
        "--brand-tint": mix(base, WHITE, 0.92),
        "--brand-tint-strong": mix(base, WHITE, 0.82),
    }
    night = {
        "--brand-deep": mix(day["--brand-deep"], PAPER_BY_NIGHT, 0.4),
        "--brand-1": readable(base, on=PAPER_BY_NIGHT, ratio=TEXT),
        "--brand-2": mix(readable(base, on=PAPER_BY_NIGHT, ratio=TEXT), WHITE, 0.4),
        "--brand-action": readable(base, on=PAPER_BY_NIGHT, ratio=TEXT + 1),
        "--brand-action-hover": mix(readable(base, on=PAPER_BY_NIGHT, ratio=TEXT + 1), WHITE, 0.5),
        "--brand-on-action": PAPER_BY_NIGHT,
        "--brand-tint": mix(base, PAPER_BY_NIGHT, 0.88),
        "--brand-tint-strong": mix(base, PAPER_BY_NIGHT, 0.78),
    }
    return day, night


def parse(colour: str) -> Colour:
    """``#rrggbb`` in numbers. Raises ValueError for anything else."""
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(colour)
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(colour: Colour, other: Colour, share: float) -> Colour:
    """``colour`` with a share (0 to 1) of ``other``."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """1 (the same) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: Colour, *, on: Colour, ratio: float) -> Colour:
    """The tone nearest to ``colour`` that has at least this contrast with ``on``: darker on light, lighter on dark."""
    far = BLACK if _luminance(on) > 0.5 else WHITE
    tones = (mix(colour, far, step / STEPS) for step in range(STEPS + 1))
    return next((tone for tone in tones if contrast(tone, on) >= ratio), far)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _declarations(tokens: dict[str, Colour]) -> str:
    return "".join(
        f"  {name}: #{red:02x}{green:02x}{blue:02x};\n" for name, (red, green, blue) in tokens.items()
    )
