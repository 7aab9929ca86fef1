"""What an editor sees of a story's consent: whether it may go online, and which tick is missing. No name."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from core.sharing import SharingUse


class ConsentPanel(Panel):
    """Stands first in the editor of a story."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "consent/admin/panel.html"

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            from stories.consent.admin.access import may_see_consents
            from stories.consent.clearance import consent_for
            from stories.consent.purposes import PURPOSE_OF_USE

            context = super().get_context_data(parent_context)
            story = self.instance
            uses = [
                {"label": PURPOSE_OF_USE[use].label, "clearance": consent_for(story, use)}
                for use in SharingUse
            ]
            officer = may_see_consents(self.request.user)
            return {
                **context,
                "story": story,
                "web": uses[0]["clearance"],
                "uses": uses,
                "consents_url": reverse("consent:story", args=[story.translation_key]) if officer else "",
            }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Consent"))
        super().__init__(**kwargs)
