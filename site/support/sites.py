"""Whether the websites of services still answer: asked politely, in the background, at public addresses alone.

A site is asked once a week, one that is dead once a day. A first failure may be a bad night: it is tried again some
hours later, and only then is the site dead. A beat of the heartbeat asks few, and no two at one host.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

import requests
from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone
from urllib3.exceptions import HTTPError

from core.addresses import AddressNotAllowed, Deadline, GuardedAdapter
from support.choices import SiteState
from support.models import SupportService

ASK_AGAIN = timedelta(days=7)
ASK_DOUBTFUL_AGAIN = timedelta(hours=6)
ASK_DEAD_AGAIN = timedelta(days=1)
SITES_A_BEAT = 10
TIMEOUTS = (5, 10)  # seconds: to connect, to wait for the first bytes
LONGEST_ANSWER = 20  # seconds, for every step of one check
MOST_REDIRECTS = 5
SCHEMES = ("http", "https")


class Outcome(StrEnum):
    ANSWERS = "answers"
    DEAD = "dead"
    UNCLEAR = "unclear"  # it answers, but not to a program, or not now


def sites_to_ask(now: datetime) -> list[SupportService]:
    """Those that were not asked for longest; the others at the same host wait for a later beat."""
    due = SupportService.objects.exclude(site="").filter(
        Q(site_checked_at=None)
        | Q(site_checked_at__lte=now - ASK_AGAIN)
        | Q(site_state=SiteState.DOUBTFUL, site_checked_at__lte=now - ASK_DOUBTFUL_AGAIN)
        | Q(site_state=SiteState.DEAD, site_checked_at__lte=now - ASK_DEAD_AGAIN)
    )
    hosts: dict[str, SupportService] = {}
    for service in due.order_by(F("site_checked_at").asc(nulls_first=True), "pk")[: SITES_A_BEAT * 20]:
        hosts.setdefault(urlsplit(service.site).hostname or "", service)
    return list(hosts.values())[:SITES_A_BEAT]


def check_site(service_id: int) -> None:
    """Ask one site and note what came of it, unless somebody entered another address meanwhile."""
    service = SupportService.objects.filter(pk=service_id).exclude(site="").first()
    if service is None:
        return
    outcome, now = ask(service.site), timezone.now()
    state, since = _after(outcome, service, now)
    same = SupportService.objects.filter(pk=service_id, site=service.site)
    same.update(site_checked_at=now, site_state=state, site_fails_since=since)


def _after(outcome: Outcome, before: SupportService, now: datetime) -> tuple[SiteState, datetime | None]:
    """(what is known of the site now, since when it has failed)"""
    if outcome is Outcome.ANSWERS:
        return SiteState.ANSWERS, None
    if outcome is Outcome.UNCLEAR:
        return SiteState.UNCLEAR, None
    failed_before = before.site_state in (SiteState.DOUBTFUL, SiteState.DEAD)
    return (SiteState.DEAD if failed_before else SiteState.DOUBTFUL), before.site_fails_since or now


def ask(address: str) -> Outcome:
    """HEAD first, which costs a server least; GET where it is not understood. The body is never read."""
    try:
        with Deadline(LONGEST_ANSWER), requests.Session() as session:
            session.trust_env = False  # no proxy and no .netrc between us and the checked address
            session.headers["User-Agent"] = f"Drieklank/0.1 (link check; {settings.WAGTAILADMIN_BASE_URL})"
            for scheme in SCHEMES:
                session.mount(f"{scheme}://", GuardedAdapter())
            status = _status(session, "HEAD", address)
            if status >= 400:
                status = _status(session, "GET", address)
    except AddressNotAllowed:
        return Outcome.DEAD
    except (requests.RequestException, HTTPError, OSError, ValueError):
        return Outcome.DEAD
    return _meaning(status)


def _meaning(status: int) -> Outcome:
    if status < 400:
        return Outcome.ANSWERS
    # Sites that keep programs out, and sites that are busy, are there.
    return Outcome.UNCLEAR if status in (401, 403, 405, 408, 425, 429, 503) else Outcome.DEAD


def _status(session: requests.Session, method: str, address: str) -> int:
    """The status at the end of the redirects. Each hop is checked anew by the transport."""
    for hop in _hops(session, method, address):
        status = hop
    return status


def _hops(session: requests.Session, method: str, address: str) -> Iterator[int]:
    for __ in range(MOST_REDIRECTS + 1):
        if urlsplit(address).scheme not in SCHEMES:
            raise ValueError("a redirect to something that is no website")
        with session.request(method, address, timeout=TIMEOUTS, allow_redirects=False, stream=True) as answer:
            yield answer.status_code
            if not answer.is_redirect:
                return
            address = urljoin(address, answer.headers["Location"])
        session.cookies.clear()
    raise requests.TooManyRedirects
