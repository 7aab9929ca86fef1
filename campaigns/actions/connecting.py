"""An account whose owner let us in, and the watch over how long that lasts."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from campaigns.mail import tell_about_account
from campaigns.models import SocialAccount
from campaigns.providers.base import Failure, ProviderError
from campaigns.providers.oauth import Grant, OAuthProvider, expires_at

from .scheduling import limits_of, pause_account, wake_posts_of_account

logger = logging.getLogger(__name__)

LOOK_AGAIN = timedelta(days=1)  # at limits, and at tokens that last long
RENEW_SOON = timedelta(minutes=15)  # X's tokens last two hours
RENEW_AHEAD = timedelta(days=10)  # Meta's and LinkedIn's last sixty days
WARN_AHEAD = (timedelta(days=14), timedelta(days=3))


class OtherAccount(Exception):
    """The owner let us in to another account than the one that was to be signed in again."""


@transaction.atomic
def connect_account(provider: type[OAuthProvider], language: str, grant: Grant) -> SocialAccount:
    """Keep what the owner gave. An account that is known already is signed in again."""
    account = SocialAccount.objects.filter(
        provider=provider.identifier, name=grant.name, language=language
    ).first()
    return _keep(
        account or SocialAccount(provider=provider.identifier, name=grant.name, language=language), grant
    )


@transaction.atomic
def reconnect_account(account: SocialAccount, grants: list[Grant]) -> SocialAccount:
    """Sign a known account in again, with the grant that is its own. Raises ``OtherAccount``."""
    provider = account.provider_class
    field = provider.identity_field if issubclass(provider, OAuthProvider) else ""
    known = account.credentials.get(field, "")
    for grant in grants:
        if known in ("", grant.credentials.get(field)) and (known or len(grants) == 1):
            return _keep(account, grant)
    raise OtherAccount


def _keep(account: SocialAccount, grant: Grant) -> SocialAccount:
    account.credentials, account.session_tokens = dict(grant.credentials), dict(grant.tokens)
    account.token_expires_at = expires_at(grant.tokens)
    account.state, account.state_message = SocialAccount.State.ACTIVE, {}
    account.warned_at = account.tended_at = None
    account.save()
    wake_posts_of_account(account)
    return account


def tend_accounts() -> int:
    """The heartbeat's part: renew tokens ahead of their end, warn people, keep limits fresh. Returns how many."""
    now = timezone.now()
    due = SocialAccount.objects.filter(state=SocialAccount.State.ACTIVE).filter(
        Q(tended_at=None) | Q(tended_at__lt=now - LOOK_AGAIN) | Q(token_expires_at__lt=now + RENEW_SOON)
    )
    due = due.filter(Q(tended_at=None) | Q(tended_at__lt=now - RENEW_SOON / 3))
    return sum(
        _tend(pk, now)
        for pk in due.order_by(F("token_expires_at").asc(nulls_last=True)).values_list("pk", flat=True)
    )


def _tend(pk: int, now: datetime) -> int:
    """Look after one account, unless another heartbeat does."""
    account = SocialAccount.objects.get(pk=pk)
    if not SocialAccount.objects.filter(pk=pk, tended_at=account.tended_at).update(tended_at=now):
        return 0
    provider_class = account.provider_class
    if provider_class.by_hand or not provider_class.credential_fields:
        return 0
    connector = account.connect()
    account_limits = limits_of(connector)
    if account_limits:
        SocialAccount.objects.filter(pk=pk).update(limits_told=account_limits)
    ends = account.token_expires_at
    if ends is None or ends > now + WARN_AHEAD[0]:
        return 1
    if isinstance(connector, OAuthProvider) and connector.can_renew:
        if ends < now + RENEW_AHEAD:
            _renew(account, connector)
    else:
        _warn(account, ends, now)
    return 1


def _renew(account: SocialAccount, connector: OAuthProvider) -> None:
    """A refusal is final: the account waits for a person, and its posts with it. Anything else is tried again."""
    try:
        connector.renew()
    except ProviderError as error:
        if error.failure is not Failure.ACCOUNT:
            logger.warning("The token of account %s was not renewed: %s", account.pk, error.detail)
        elif not connector.session.reload():  # else another process was first
            pause_account(account, error.message)


def _warn(account: SocialAccount, ends: datetime, now: datetime) -> None:
    """Once two weeks ahead, and once more three days ahead: only a person can sign in again."""
    for ahead in WARN_AHEAD:
        if ends <= now + ahead and (account.warned_at is None or account.warned_at < ends - ahead):
            SocialAccount.objects.filter(pk=account.pk).update(warned_at=now)
            tell_about_account(account, ends_at=ends)
            return
