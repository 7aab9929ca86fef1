from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def set_site_address(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """Pages know their full address from Wagtail's site: it follows ``BASE_URL``."""
    from wagtail.models import Site

    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.using(using).filter(is_default_site=True).first()
    if site and (site.hostname, site.port) != (address.hostname, port):
        site.hostname, site.port = address.hostname, port
        site.save(using=using)


class DrieklankConfig(AppConfig):
    name = "drieklank"
    verbose_name = _("Drieklank")

    def ready(self) -> None:
        from drieklank import checks  # noqa: F401 - registers them
        from drieklank.access import audit  # noqa: F401 - listens

        post_migrate.connect(set_site_address, sender=self)
