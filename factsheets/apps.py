from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FactsheetsConfig(AppConfig):
    name = "factsheets"
    verbose_name = _("Factsheets")

    def ready(self) -> None:
        from core.tokens import register_tokens
        from factsheets import signals  # noqa: F401 - connects them
        from factsheets.saying import fill_facts

        register_tokens("fact", fill_facts)
