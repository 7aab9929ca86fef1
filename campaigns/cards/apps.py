from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CardsConfig(AppConfig):
    name = "campaigns.cards"
    label = "cards"
    verbose_name = _("Quote cards")

    def ready(self) -> None:
        from campaigns.cards import recalling  # noqa: F401 - connects it
