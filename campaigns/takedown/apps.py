from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TakedownConfig(AppConfig):
    name = "campaigns.takedown"
    label = "takedown"
    verbose_name = _("Taking down")

    def ready(self) -> None:
        from campaigns.takedown import actions  # noqa: F401 - connects its gate
