"""Connecting an account on any Mastodon server: the application is registered there first, by itself."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.providers.base import Failure, ProviderError, Session
from campaigns.providers.bearer import TokenClient
from campaigns.providers.hosts import typed_address
from campaigns.providers.http import HttpClient
from campaigns.providers.oauth import App, Consent, Grant, OAuthProvider, ask_for_token, dialog_url, tokens_in

NETWORK = "Mastodon"
SCOPE = "read:accounts read:statuses write:media write:statuses"
CLIENT_NAME = "Drieklank"

NO_SUCH_SERVER = _(
    "There is no {network} server at this address. Look at how your handle ends, and type that."
)


class MastodonConnecting(OAuthProvider):
    """The part of the provider that asks an owner for consent."""

    @classmethod
    def register_app(cls, server: str, redirect_uri: str) -> App:
        """A new application on ``server``. Its address is what a person typed: only public ones are called."""
        http = HttpClient(NETWORK)
        form = {"client_name": CLIENT_NAME, "redirect_uris": redirect_uri, "scopes": SCOPE}
        answer = http.send("POST", f"{typed_address(server)}/api/v1/apps", json=form)
        try:
            content = answer.json_object() if answer.ok else {}
        except ValueError:
            content = {}
        number, secret = content.get("client_id"), content.get("client_secret")
        if isinstance(number, str) and isinstance(secret, str) and number:
            return App(number, secret)
        if answer.status == 429 or answer.status >= 500:
            raise http.refusal(answer)
        raise ProviderError(format_lazy(NO_SUCH_SERVER, network=NETWORK), failure=Failure.ACCOUNT)

    @classmethod
    def authorization_url(cls, consent: Consent) -> str:
        more = {"code_challenge": consent.challenge, "code_challenge_method": "S256", "force_login": "true"}
        return dialog_url(f"{typed_address(consent.server)}/oauth/authorize", consent, SCOPE, **more)

    @classmethod
    def exchange(cls, code: str, consent: Consent) -> list[Grant]:
        address = typed_address(consent.server)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": consent.app.id,
            "client_secret": consent.app.secret,
            "redirect_uri": consent.redirect_uri,
            "scope": SCOPE,
            "code_verifier": consent.verifier,
        }
        tokens = tokens_in(NETWORK, ask_for_token(NETWORK, f"{address}/oauth/token", form))
        client = TokenClient(NETWORK, address, tokens, Session(), fixed_host=False)
        account = client.get("/api/v1/accounts/verify_credentials")
        name, number = account.get("username"), account.get("id")
        if not (isinstance(name, str) and isinstance(number, str)):
            raise client.http.unreadable()
        credentials = {"server": address, "account": number, "access_token": tokens["access_token"]}
        return [Grant(f"@{name}@{urlsplit(address).netloc}", credentials, {**tokens, "account_id": number})]
