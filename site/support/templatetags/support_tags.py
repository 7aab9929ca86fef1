from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from support.beside import LinesBeside
from support.showing import help_lines as lines_of

register = template.Library()


@register.inclusion_tag("support/includes/help_lines.html")
def help_lines(language: str, country: str = "") -> dict[str, Any]:
    """Cards of the help lines of ``country`` (every country when empty), those that speak ``language`` first."""
    return {"lines": lines_of(language, country)}


@register.inclusion_tag("support/includes/lines_beside.html", takes_context=True)
def lines_beside(context: template.Context, place: str) -> dict[str, Any]:
    """The help lines of the page's ``lines_beside``: all of them below a text, the first ones elsewhere."""
    lines = context.get("lines_beside") or LinesBeside((get_language() or "nl")[:2], {})
    shown = lines.lines if place == "below" else lines.first_lines
    return {
        "lines": lines,
        "shown": shown,
        "place": place,
        "anchor": lines.anchor(place),
        "moment": lines.moment,
        "menu": context.get("menu"),
    }
