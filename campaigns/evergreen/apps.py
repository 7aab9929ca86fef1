from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvergreenConfig(AppConfig):
    name = "campaigns.evergreen"
    label = "evergreen"
    verbose_name = _("Evergreen queue")

    def ready(self) -> None:
        from campaigns.evergreen import following  # noqa: F401 - connects its gate
