"""System checks that turn conventions of the house into errors with a hint."""

from __future__ import annotations

from typing import Any

from django.core import checks
from wagtail.models import Page, get_page_models

from core.sharing import Shareable


@checks.register
def check_pages_say_whether_they_are_shared(**kwargs: Any) -> list[checks.CheckMessage]:
    """A page type is shareable, or says ``shareable = False``: nobody forgets it by accident."""
    return [
        checks.Error(
            f"{model.__name__} neither implements core.sharing.Shareable nor opts out.",
            hint="Inherit core.pages.ShareablePage, or set shareable = False on the class.",
            obj=model,
            id="core.E001",
        )
        for model in get_page_models()
        if model is not Page and getattr(model, "shareable", True) and not issubclass(model, Shareable)
    ]
