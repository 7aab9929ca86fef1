from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsentConfig(AppConfig):
    name = "stories.consent"
    label = "consent"
    verbose_name = _("Consent")

    def ready(self) -> None:
        from stories.consent import gate  # noqa: F401 - guards the ways online
