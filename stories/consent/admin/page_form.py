from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.safe_messaging.forms import SafeMessagingPageForm


class StoryPageForm(SafeMessagingPageForm):
    """Keeps what was typed: Wagtail would make a new page and publish it in one go, or not make it at all."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        is_new = self.instance._state.adding
        if is_new and "action-publish" in self.data and not data.get("is_example"):
            self.add_error(
                None,
                ValidationError(
                    _(
                        "A new story cannot go online yet: its teller has not agreed to it. Save it as a draft first."
                    )
                ),
            )
        return data
