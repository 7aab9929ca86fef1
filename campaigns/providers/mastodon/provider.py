"""Mastodon, and other servers that speak its API: publishing under a key, looking before sending again."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.providers.base import (
    Capabilities,
    CredentialField,
    Credentials,
    Failure,
    Followups,
    Limits,
    OutgoingImage,
    OutgoingPost,
    ProviderError,
    PublishResult,
    Session,
    TextCount,
)
from campaigns.providers.bearer import TokenClient
from campaigns.providers.hosts import typed_address
from campaigns.providers.http import FAULTY, REFUSED, SIGN_IN_REFUSED, Answer
from campaigns.providers.images import UnreadableImage, fit
from campaigns.providers.mastodon.connecting import MastodonConnecting
from campaigns.providers.mastodon.counting import count_characters
from campaigns.providers.matching import Found, first_message, moment
from campaigns.providers.parts import ThreadProvider
from campaigns.providers.registry import register
from campaigns.providers.text import normalise, with_link

NETWORK = "Mastodon"
PAGE = 40  # the most statuses a call gives
PAGES = 50  # a search that gets no further says so: it never means "not there"
IMAGE_SIDE = 2_000  # pixels
POLLS = 15  # seconds to wait for a picture; after that the message waits for its next try
METRICS = ("favourites_count", "reblogs_count", "replies_count")

NOT_A_SERVER = _(
    "There is no {network} server at this account's server address. Correct it; its posts are kept."
)

_BREAK = re.compile(r"<br\s*/?>|</p>\s*<p[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_HREF = re.compile(r'href="([^"]+)"')


@register
class MastodonProvider(ThreadProvider, MastodonConnecting):
    """One account at ``server``, signed in with an access token. The token does not expire."""

    identifier = "mastodon"
    label = NETWORK
    has_server = True
    identity_field = "account"
    limits = Limits(text=500, images=4, image_bytes=10_000_000, alt_text=1_500, url=23)
    capabilities = Capabilities(
        idempotent=False, delete=True, find=True, metrics=METRICS, followups=Followups.THREAD
    )
    credential_fields = (
        CredentialField("server", _("Server address"), help_text=_("For example mastodon.social")),
        CredentialField(
            "access_token",
            _("Access token"),
            secret=True,
            help_text=_(
                "Only without the button above: from an application you made on the server yourself."
            ),
        ),
    )

    def __init__(
        self, credentials: Credentials, session: Session | None = None, limits: Limits | None = None
    ) -> None:
        super().__init__(credentials, session, limits)
        self._client = TokenClient(
            NETWORK,
            typed_address(credentials.get("server", "")),
            credentials,
            self.session,
            classify=self._error_in,
            fixed_host=False,
        )

    @classmethod
    def count(cls, text: str, limits: Limits | None = None) -> TextCount:
        limits = limits or cls.limits
        return TextCount(used=count_characters(text, limits.url or cls.limits.url), limit=limits.text)

    @classmethod
    def compose(cls, post: OutgoingPost) -> str:
        """With the page's own address: Mastodon asks for whole links, and shows a card for them."""
        if post.link and post.link in post.text:
            return normalise(post.text)
        return with_link(post.text, post.full_link or post.link)

    def verify(self) -> str:
        account = self._client.get("/api/v1/accounts/verify_credentials")
        name, number = account.get("username"), account.get("id")
        if not (isinstance(name, str) and name and isinstance(number, str) and number):
            raise self._client.problem(NOT_A_SERVER, Failure.ACCOUNT)
        self.session.tokens = {**self.session.tokens, "account_id": number}
        self.session.save(self.session.tokens)
        return f"@{name}@{self._client.base.partition('://')[2]}"

    def fetch_limits(self) -> dict[str, int]:
        """From ``configuration`` of ``/api/v2/instance``; older servers do not have it."""
        try:
            answer = self._client.get("/api/v2/instance")
        except ProviderError as error:
            if error.status in (404, 410):
                return {}
            raise
        configuration = _mapping(answer.get("configuration"))
        statuses, media = (
            _mapping(configuration.get("statuses")),
            _mapping(configuration.get("media_attachments")),
        )
        told = {
            "text": statuses.get("max_characters"),
            "images": statuses.get("max_media_attachments"),
            "url": statuses.get("characters_reserved_per_url"),
            "image_bytes": media.get("image_size_limit"),
            "alt_text": media.get("description_limit"),
        }
        return {name: value for name, value in told.items() if type(value) is int and value > 0}

    def _send(self, part: OutgoingPost, earlier: Sequence[PublishResult]) -> PublishResult:
        status: dict[str, Any] = {"status": self.compose(part), "visibility": "public"}
        if part.language:
            status["language"] = part.language
        if part.images:
            status["media_ids"] = [self._media(image, place, part) for place, image in enumerate(part.images)]
        if earlier:
            status["in_reply_to_id"] = earlier[-1].remote_id
        __, answer = self._client.call(
            "POST",
            "/api/v1/statuses",
            json=status,
            headers={"Idempotency-Key": part.idempotency_key},
            writing=True,
        )
        if not isinstance(answer.get("id"), str) or not isinstance(answer.get("content"), str):
            raise self._client.http.unreadable(writing=True)
        return _result(answer)

    def _look_for(self, part: OutgoingPost, earlier: Sequence[PublishResult]) -> PublishResult | None:
        """Among the account's own statuses: a server remembers a key for an hour at most, and some never do."""
        statuses: dict[str, PublishResult] = {}

        def candidates() -> Iterator[Found]:
            for status in self._own_statuses():
                statuses[status["id"]] = _result(status)
                yield _found(status)

        answers = earlier[-1].remote_id if earlier else ""
        found = first_message(candidates(), part, self.compose(part), answers)
        return statuses[found.remote_id] if found else None

    def delete(self, remote_id: str) -> None:
        try:
            self._client.call("DELETE", f"/api/v1/statuses/{remote_id}")
        except ProviderError as error:
            if error.status not in (404, 410):
                raise

    def fetch_metrics(self, remote_ids: Sequence[str]) -> dict[str, dict[str, int]]:
        figures = {}
        for remote_id in dict.fromkeys(remote_ids):
            try:
                status = self._client.get(f"/api/v1/statuses/{remote_id}")
            except ProviderError as error:
                if error.status in (404, 410):
                    continue
                raise
            counts = {name: status.get(name) for name in METRICS}
            figures[remote_id] = {
                name: value for name, value in counts.items() if type(value) is int and value >= 0
            }
        return figures

    def _own_statuses(self) -> Iterator[dict[str, Any]]:
        """The account's own statuses, newest first."""
        if not self.session.tokens.get("account_id"):
            self.verify()
        place = f"/api/v1/accounts/{self.session.tokens['account_id']}/statuses"
        params = [("limit", str(PAGE)), ("exclude_reblogs", "true")]
        for _page in range(PAGES):
            answer = self._client.http.send(
                "GET",
                self._client.base + place,
                params=params,
                headers={"Authorization": f"Bearer {self._client.token}"},
            )
            if not answer.ok:
                raise self._error_in(answer, {}, False) or self._client.http.refusal(answer)
            try:
                page = answer.json_list()
            except ValueError:
                raise self._client.http.unreadable(status=answer.status) from None
            usable = [item for item in page if isinstance(item, dict) and isinstance(item.get("id"), str)]
            if len(usable) < len(page):  # something else than statuses: no answer to the question
                raise self._client.http.unreadable(status=answer.status)
            yield from usable
            if not usable:
                return
            params = [params[0], params[1], ("max_id", usable[-1]["id"])]
        raise self._client.http.unreadable()

    def _media(self, image: OutgoingImage, place: int, post: OutgoingPost) -> str:
        """The id of an uploaded picture that is ready; one of an earlier try is used again."""
        step = f"media{place}"
        known = post.steps.ids.get(step, "")
        if known and self._is_ready(known):
            return known
        try:
            fitted = fit(image, max_bytes=self.account_limits.image_bytes, max_side=IMAGE_SIDE)
        except UnreadableImage:
            raise self._client.problem(REFUSED, Failure.PERMANENT) from None
        suffix = fitted.mime_type.partition("/")[2]
        answer, content = self._client.call(
            "POST",
            "/api/v2/media",
            form={"description": image.alt.strip()},
            file=(f"image.{suffix}", fitted.content, fitted.mime_type),
        )
        number = content.get("id")
        if not isinstance(number, str) or not number:
            raise self._client.http.unreadable()
        post.steps.keep(**{step: number})
        if answer.status == 202 and not self._is_ready(number):
            raise self._client.problem(FAULTY, Failure.TEMPORARY)
        return number

    def _is_ready(self, number: str) -> bool:
        """Wait until the server has processed a picture (206 until then). False when it does not know it (any more)."""
        for _second in range(POLLS):
            try:
                answer, __ = self._client.call("GET", f"/api/v1/media/{number}")
            except ProviderError as error:
                if error.status in (404, 410, 422):
                    return False
                raise
            if answer.status != 206:
                return True
            time.sleep(1)
        raise self._client.problem(FAULTY, Failure.TEMPORARY)

    def _error_in(self, answer: Answer, content: Mapping[str, Any], writing: bool) -> ProviderError | None:
        if answer.ok:
            return None
        said = str(content.get("error", ""))
        if answer.status == 400 and "token" in said.lower():  # some servers answer 400 where others say 401
            return self._client.problem(SIGN_IN_REFUSED, Failure.ACCOUNT, answer, said)
        if writing and answer.status in (404, 405, 410):
            return self._client.problem(NOT_A_SERVER, Failure.ACCOUNT, answer, said)
        return None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _result(status: Mapping[str, Any]) -> PublishResult:
    url = status.get("url") or status.get("uri")
    return PublishResult(remote_id=status["id"], url=url if isinstance(url, str) else "")


def _found(status: Mapping[str, Any]) -> Found:
    content = status.get("content")
    markup = content if isinstance(content, str) else ""
    return Found(
        remote_id=status["id"],
        text=unescape(_TAG.sub("", _BREAK.sub("\n", markup))),
        created_at=moment(status.get("created_at")),
        links=tuple(unescape(link) for link in _HREF.findall(markup)),
        answers=str(status.get("in_reply_to_id") or ""),
    )
