"""What the admin shows of it: the audit log's words, and the way to one's own second factor."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views.account import AvatarSettingsPanel

from drieklank.access import audit
from drieklank.access.users import AvatarForm

AvatarSettingsPanel.form_class = AvatarForm  # Wagtail has no setting for it

hooks.register("register_log_actions", audit.register_actions)


@hooks.register("register_account_menu_item")
def offer_second_factor(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("mfa_index"),
        "label": _("Second factor"),
        "help_text": _("An app or a passkey that proves it is you who signs in."),
    }
