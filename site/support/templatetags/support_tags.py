from __future__ import annotations

from typing import Any

from django import template

from support.showing import help_lines as lines_of

register = template.Library()


@register.inclusion_tag("support/includes/help_lines.html")
def help_lines(language: str, country: str = "") -> dict[str, Any]:
    """Cards of the help lines of ``country`` (every country when empty), those that speak ``language`` first."""
    return {"lines": lines_of(language, country)}
