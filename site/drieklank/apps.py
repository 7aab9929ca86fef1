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


def name_of_campaign(slug: str) -> str:
    """What stories ask about a campaign: its name, or an empty text when there is none."""
    from campaigns.models import Campaign

    return Campaign.objects.filter(slug=slug).values_list("name", flat=True).first() or ""


class DrieklankConfig(AppConfig):
    name = "drieklank"
    verbose_name = _("Drieklank")

    def ready(self) -> None:
        from drieklank import campaign_measures, checks  # noqa: F401 - registers them
        from drieklank.access import audit  # noqa: F401 - listens
        from stories.submissions.framing import name_campaigns_with

        name_campaigns_with(name_of_campaign)
        post_migrate.connect(set_site_address, sender=self)
