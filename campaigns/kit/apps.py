from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    name = "campaigns.kit"
    label = "kit"
    verbose_name = _("Partner kits")

    def ready(self) -> None:
        from campaigns.kit import following  # noqa: F401 - connects it
