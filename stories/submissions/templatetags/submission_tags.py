from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def named(names: Mapping[str, str], key: str) -> str:
    """The name that stands for ``key``, or ``key`` itself."""
    return names.get(key) or key
