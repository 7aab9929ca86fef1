from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApprovalConfig(AppConfig):
    name = "campaigns.approval"
    label = "approval"
    verbose_name = _("Approval")

    def ready(self) -> None:
        from campaigns.approval import following  # noqa: F401 - connects it
