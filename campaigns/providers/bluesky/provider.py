"""Bluesky (AT Protocol): publishing once under a record key of our own, and reading what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.providers.base import (
    Capabilities,
    CredentialField,
    Credentials,
    Failure,
    Followups,
    Limits,
    OutgoingPost,
    Problem,
    ProviderError,
    PublishResult,
    Session,
    TextCount,
)
from campaigns.providers.bluesky.client import DEFAULT_SERVICE, NETWORK, BlueskyClient, XrpcError
from campaigns.providers.bluesky.composing import IMAGE_BYTES, make_record
from campaigns.providers.bluesky.records import (
    COLLECTION,
    is_same_message,
    later_tid,
    new_tid,
    post_uri,
    reply_to,
    split_post_uri,
    web_address,
)
from campaigns.providers.checks import image_problems, link_problems, text_problems
from campaigns.providers.http import FAULTY
from campaigns.providers.parts import ThreadProvider
from campaigns.providers.registry import register
from campaigns.providers.text import count_graphemes, normalise

TEXT_GRAPHEMES = 300  # app.bsky.feed.post: text, maxGraphemes
TEXT_BYTES = 3_000  # and its maxLength
TAGS = 8  # the same: tags
POSTS_PER_CALL = 25  # app.bsky.feed.getPosts

METRICS = {"likes": "likeCount", "reposts": "repostCount", "replies": "replyCount", "quotes": "quoteCount"}

TAKEN_KEY = _(
    "{network} already holds another message under this one's key. Plan this message anew as a new one."
)
FOREIGN_POST = _("This message belongs to another {network} account, so this one cannot take it down.")


@register
class BlueskyProvider(ThreadProvider):
    """One account at ``service``, signed in with an app password."""

    identifier = "bluesky"
    label = NETWORK
    limits = Limits(text=TEXT_GRAPHEMES, images=4, image_bytes=IMAGE_BYTES, alt_text=2_000)
    capabilities = Capabilities(
        idempotent=True, delete=True, find=True, metrics=tuple(METRICS), followups=Followups.THREAD
    )
    credential_fields = (
        CredentialField("identifier", _("Handle"), help_text=_("For example name.bsky.social")),
        CredentialField(
            "password",
            _("App password"),
            secret=True,
            help_text=_(
                "Make one at Bluesky, under Settings, Privacy and security. Never enter the account's own password."
            ),
        ),
        CredentialField(
            "service",
            _("Server address"),
            initial=DEFAULT_SERVICE,
            help_text=_("Leave it as it is, unless your organisation has a Bluesky server of its own."),
        ),
    )

    def __init__(
        self, credentials: Credentials, session: Session | None = None, limits: Limits | None = None
    ) -> None:
        super().__init__(credentials, session, limits)
        self._client = BlueskyClient(self.credentials, self.session)

    @classmethod
    def count(cls, text: str, limits: Limits | None = None) -> TextCount:
        """In graphemes; in bytes for the rare text that has too many of these and not of those."""
        text = normalise(text)
        graphemes = TextCount(used=count_graphemes(text), limit=TEXT_GRAPHEMES)
        size = TextCount(used=_byte_length(text), limit=TEXT_BYTES)
        return size if size.left < 0 <= graphemes.left else graphemes

    @classmethod
    def compose(cls, post: OutgoingPost) -> str:
        """With images there is no room for a link card: the link then stands in the text."""
        text = normalise(post.text)
        if post.link and post.images and post.link not in text:
            return f"{text}\n\n{post.link}".strip()
        return text

    @classmethod
    def _message_problems(cls, post: OutgoingPost, limits: Limits) -> list[Problem]:
        text = cls.compose(post)
        graphemes = TextCount(used=count_graphemes(text), limit=TEXT_GRAPHEMES)
        problems = text_problems(post, text, graphemes, cls.label)
        if not problems and _byte_length(text) > TEXT_BYTES:
            message = _(
                "This text is too large for {network}: it holds many composed characters. Use fewer emoji."
            )
            problems.append(Problem("text", format_lazy(message, network=cls.label)))
        if len(post.tags) > TAGS:
            message = _("{network} takes at most {limit} topics; this message has {used}.")
            problems.append(
                Problem("text", format_lazy(message, network=cls.label, limit=TAGS, used=len(post.tags)))
            )
        return [*problems, *link_problems(post), *image_problems(post, cls.limits, cls.label)]

    @classmethod
    def new_idempotency_key(cls, now: datetime) -> str:
        return new_tid(now)

    @classmethod
    def part_key(cls, key: str, place: int) -> str:
        return later_tid(key, place)

    def verify(self) -> str:
        """Signs in with the password even when there is a session: it is the password that is asked about."""
        return f"@{self._client.sign_in()}"

    def _send(self, part: OutgoingPost, earlier: Sequence[PublishResult]) -> PublishResult:
        """One record under ``part.idempotency_key``, however often it is called.

        ``swapRecord: null`` lets the server refuse to overwrite. The same record once more is answered
        like the first time; another one under the key is refused with ``InvalidSwap``.
        """
        did = self._client.did
        body = {
            "repo": did,
            "collection": COLLECTION,
            "rkey": part.idempotency_key,
            "swapRecord": None,
            "record": make_record(part, self.compose(part), self._client, reply_to(earlier)),
        }
        try:
            answer = self._client.procedure("com.atproto.repo.putRecord", json=body, writing=True)
        except XrpcError as error:
            if error.error == "InvalidSwap":
                return self._published_before(part)
            if error.error == "BlobNotFound":
                # Cleared away since it was uploaded: the next try uploads it again.
                raise self._try_later(error.detail) from None
            raise
        if answer.get("uri") != post_uri(did, part.idempotency_key) or not isinstance(answer.get("cid"), str):
            raise self._client.unreadable(writing=True)
        return _result(answer["uri"], answer["cid"])

    def _look_for(self, part: OutgoingPost, earlier: Sequence[PublishResult] = ()) -> PublishResult | None:
        did = self._client.did
        place = [("repo", did), ("collection", COLLECTION), ("rkey", part.idempotency_key)]
        try:
            answer = self._client.query("com.atproto.repo.getRecord", place)
        except XrpcError as error:
            if error.error == "RecordNotFound":
                return None
            raise
        stored = answer.get("value")
        if not (isinstance(stored, dict) and isinstance(answer.get("cid"), str)):
            raise self._client.unreadable()
        if not is_same_message(stored, self.compose(part), part.created_at):
            raise ProviderError(format_lazy(TAKEN_KEY, network=self.label), failure=Failure.PERMANENT)
        return _result(post_uri(did, part.idempotency_key), answer["cid"])

    def delete(self, remote_id: str) -> None:
        try:
            owner, key = split_post_uri(remote_id)
        except ValueError:
            owner, key = "", ""
        if owner != self._client.did:
            raise ProviderError(format_lazy(FOREIGN_POST, network=self.label), failure=Failure.PERMANENT)
        # Deleting a record that is not there is answered with 200.
        self._client.procedure(
            "com.atproto.repo.deleteRecord", json={"repo": owner, "collection": COLLECTION, "rkey": key}
        )

    def fetch_metrics(self, remote_ids: Sequence[str]) -> dict[str, dict[str, int]]:
        """Read through the account's server, which asks the AppView that counts (``getPosts``)."""
        figures: dict[str, dict[str, int]] = {}
        for batch in _batches(
            [uri for uri in dict.fromkeys(remote_ids) if _is_post_uri(uri)], POSTS_PER_CALL
        ):
            answer = self._client.query("app.bsky.feed.getPosts", [("uris", uri) for uri in batch])
            posts = answer.get("posts")
            if not isinstance(posts, list):
                raise self._client.unreadable()
            for view in posts:
                if isinstance(view, dict) and view.get("uri") in batch:
                    figures[view["uri"]] = _figures(view)
        return figures

    def _published_before(self, part: OutgoingPost) -> PublishResult:
        """Our key is taken, so an earlier try arrived. Raises ``ProviderError`` when it was another message."""
        found = self._look_for(part)
        if found is None:  # taken down between the two calls
            raise self._try_later()
        return found

    def _try_later(self, detail: str = "") -> ProviderError:
        return ProviderError(format_lazy(FAULTY, network=NETWORK), failure=Failure.TEMPORARY, detail=detail)


def _result(uri: str, cid: str) -> PublishResult:
    return PublishResult(remote_id=uri, url=web_address(uri), version=cid)


def _byte_length(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _is_post_uri(uri: str) -> bool:
    try:
        split_post_uri(uri)
    except ValueError:
        return False
    return True


def _figures(view: dict[str, Any]) -> dict[str, int]:
    """The counts that are there; one that is missing is not zero."""
    counts = {name: view.get(theirs) for name, theirs in METRICS.items()}
    return {name: count for name, count in counts.items() if type(count) is int and count >= 0}


def _batches(items: Sequence[str], size: int) -> Iterator[list[str]]:
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
