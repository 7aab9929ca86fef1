from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from core import checks, renditions, translations  # noqa: F401 - register checks and guards of translations
        from core.safe_messaging import gate  # noqa: F401 - guards the ways online

        renditions.connect()
