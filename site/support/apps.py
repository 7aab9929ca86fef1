from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportConfig(AppConfig):
    name = "support"
    verbose_name = _("Support")

    def ready(self) -> None:
        from core.tokens import register_tokens
        from support import signals  # noqa: F401 - connects them
        from support.glossary import fill_terms

        register_tokens("term", fill_terms)
