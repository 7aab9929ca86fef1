"""Signing in without a password: the network asks the account's owner, and gives us a token (OAuth 2, RFC 6749).

The identifier and secret of our application stand in the settings. A token's time is what the network
says (``expires_in``), never what its documentation says.
"""

from __future__ import annotations

import base64
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.providers.base import Failure, ProviderError, Session
from campaigns.providers.http import SIGN_IN_REFUSED, HttpClient
from campaigns.providers.messages import MessageProvider

NO_APP = _(
    "{network} cannot be connected yet: whoever runs this site has to enter the application's identifier and secret first."
)


@dataclass(frozen=True, slots=True)
class App:
    """Our application at a network, as it was registered there."""

    id: str = ""
    secret: str = ""

    def __bool__(self) -> bool:
        return bool(self.id)


@dataclass(frozen=True, slots=True)
class Consent:
    """What is sent along when an owner is asked, and what must be the same when the answer is exchanged.

    ``verifier`` is the secret of PKCE (RFC 7636); ``server`` the account's own server, where it has one.
    """

    redirect_uri: str
    state: str
    verifier: str
    challenge: str
    server: str = ""
    app: App = App()


@dataclass(frozen=True, slots=True)
class Grant:
    """One account the owner let us in to."""

    name: str
    credentials: dict[str, str]
    tokens: dict[str, str] = field(default_factory=dict)


class OAuthProvider(MessageProvider):
    """A network whose accounts are connected with a button."""

    has_server: ClassVar[bool] = (
        False  # each account has a server of its own, where an application is registered
    )
    identity_field: ClassVar[str]  # the credential that says which account it is

    @property
    def can_renew(self) -> bool:
        """Whether a token can be exchanged for a newer one without a person."""
        return False

    @classmethod
    def app(cls) -> App:
        """The application in the settings; empty when there is none."""
        return app_of(cls.identifier)

    @classmethod
    def register_app(cls, server: str, redirect_uri: str) -> App:
        """The application to ask with. Raises ``ProviderError``."""
        app = cls.app()
        if not app:
            raise ProviderError(format_lazy(NO_APP, network=cls.label), failure=Failure.ACCOUNT)
        return app

    @classmethod
    @abstractmethod
    def authorization_url(cls, consent: Consent) -> str:
        """Where the owner is asked."""

    @classmethod
    @abstractmethod
    def exchange(cls, code: str, consent: Consent) -> list[Grant]:
        """The accounts that ``code`` opens. Raises ``ProviderError``."""

    def renew(self) -> None:
        """Get a newer token into the session. Raises ``ProviderError``; by default there is no newer one."""
        raise ProviderError(format_lazy(SIGN_IN_REFUSED, network=self.label), failure=Failure.ACCOUNT)


def app_of(name: str) -> App:
    known: Mapping[str, Mapping[str, str]] = getattr(settings, "CAMPAIGNS_APPS", {})
    app = known.get(name, {})
    return App(app.get("id", ""), app.get("secret", ""))


def dialog_url(address: str, consent: Consent, scope: str, **more: str) -> str:
    """The address of a consent page, with the parameters that all networks take."""
    parameters = {
        "response_type": "code",
        "client_id": consent.app.id,
        "redirect_uri": consent.redirect_uri,
        "scope": scope,
        "state": consent.state,
        **more,
    }
    return f"{address}?{urlencode(parameters)}"


def ask_for_token(
    network: Any, address: str, form: Mapping[str, str], *, method: str = "POST", basic: App | None = None
) -> dict[str, Any]:
    """One call to a token endpoint and its JSON. Raises ``ProviderError``; a refusal is ``Failure.ACCOUNT``."""
    http = HttpClient(network)
    headers = {"Accept": "application/json"}
    if basic is not None:
        pair = base64.b64encode(f"{basic.id}:{basic.secret}".encode()).decode()
        headers["Authorization"] = f"Basic {pair}"
    if method == "GET":
        answer = http.send("GET", address, params=list(form.items()), headers=headers)
    else:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = http.send("POST", address, data=urlencode(form).encode(), headers=headers)
    if 400 <= answer.status < 500 and answer.status != 429:
        raise ProviderError(
            format_lazy(SIGN_IN_REFUSED, network=network), failure=Failure.ACCOUNT, status=answer.status
        )
    if not answer.ok:
        raise http.refusal(answer)
    try:
        content = answer.json_object()
    except ValueError:
        raise http.unreadable(status=answer.status) from None
    if "error" in content:  # some say it with status 200
        raise ProviderError(format_lazy(SIGN_IN_REFUSED, network=network), failure=Failure.ACCOUNT)
    return content


def tokens_in(network: Any, answer: Mapping[str, Any]) -> dict[str, str]:
    """Access token, refresh token and end, as far as the answer tells them. Raises ``ProviderError``."""
    token = answer.get("access_token")
    if not isinstance(token, str) or not token:
        raise HttpClient(network).unreadable()
    tokens = {"access_token": token}
    refresh, lasts = answer.get("refresh_token"), answer.get("expires_in")
    if isinstance(refresh, str) and refresh:
        tokens["refresh_token"] = refresh
    if isinstance(lasts, (int, float)) and not isinstance(lasts, bool) and lasts > 0:
        tokens["expires_at"] = (datetime.now(UTC) + timedelta(seconds=min(lasts, 10**9))).isoformat()
    return tokens


def keep_tokens(session: Session, tokens: Mapping[str, str]) -> None:
    """A network that gives no new refresh token lets the old one stand."""
    session.tokens = {**session.tokens, **tokens}
    session.save(session.tokens)


def expires_at(tokens: Mapping[str, str]) -> datetime | None:
    """When a token ends; None when the network did not say."""
    try:
        return datetime.fromisoformat(tokens.get("expires_at", ""))
    except ValueError:
        return None
