"""How often somebody may try, counted without keeping who they are.

An address is counted under a hash with a salt that is thrown away every hour: nobody can tell afterwards who was here.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

HOUR = 60 * 60  # seconds
SALT_KEY = "submissions-salt"
AT_MOST = {"start": 20, "change": 600, "send": 20, "write": 30}
"""Tries an hour from one address. A school or a library shares one."""


def too_many(request: HttpRequest, what: str) -> bool:
    """Counts one more try of ``what``, and says whether that is too many."""
    address = get_adapter().get_client_ip(request) or ""
    digest = hmac.new(_salt(), f"{what}:{address}".encode(), hashlib.sha256).hexdigest()
    key = f"submissions-{what}-{digest[:24]}"
    cache.add(key, 0, HOUR)
    try:
        return int(cache.incr(key)) > AT_MOST[what]
    except ValueError:  # it ended between the two
        return False


def _salt() -> bytes:
    cache.add(SALT_KEY, secrets.token_hex(16), HOUR)
    return (str(cache.get(SALT_KEY, "")) + settings.SECRET_KEY).encode()
