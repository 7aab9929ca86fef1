"""What ``manage.py check --deploy`` says about a server that would start, but should not be left like that."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def check_somebody_hears_of_weaknesses(**kwargs: Any) -> list[checks.CheckMessage]:
    """Public bodies publish a security.txt; without a contact there is none."""
    if settings.SECURITY_CONTACT:
        return []
    return [
        checks.Warning(
            "Nobody is named to whom a weakness of this site can be reported.",
            hint="Set SECURITY_CONTACT to an e-mail address or a page (see docs/settings.md).",
            id="drieklank.W001",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def check_staff_carry_a_second_factor(**kwargs: Any) -> list[checks.CheckMessage]:
    if settings.SECOND_FACTOR_REQUIRED:
        return []
    return [
        checks.Warning(
            "The admin can be entered by password alone.",
            hint="Start with DJANGO_SETTINGS_MODULE=drieklank.settings.production.",
            id="drieklank.W002",
        )
    ]
