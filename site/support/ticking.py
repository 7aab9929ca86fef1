"""What the support directory needs from time to time, whether or not somebody is there."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from support.models import SupportService
from support.sites import sites_to_ask
from support.tasks import check_site


def tick() -> None:
    """Have a few websites asked whether they still answer. Each is marked first, so that no beat asks it again."""
    if not settings.SUPPORT_CHECK_SITES:
        return
    now = timezone.now()
    for service in sites_to_ask(now):
        SupportService.objects.filter(pk=service.pk).update(site_checked_at=now)
        check_site.enqueue(service.pk)
