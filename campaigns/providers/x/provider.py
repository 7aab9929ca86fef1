"""X (API v2). It does not recognise a resend: the account's own timeline is read before any second call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from campaigns.providers.hosts import host_of
from campaigns.providers.http import FAULTY, FAULTY_WRITE, REFUSED, UNREADABLE_WRITE, Answer
from campaigns.providers.images import UnreadableImage, fit
from campaigns.providers.matching import Found, first_message, moment
from campaigns.providers.oauth import (
    Consent,
    Grant,
    OAuthProvider,
    ask_for_token,
    dialog_url,
    keep_tokens,
    tokens_in,
)
from campaigns.providers.parts import ThreadProvider
from campaigns.providers.registry import register
from campaigns.providers.x.counting import URL_WEIGHT, weigh

NETWORK = "X"
SCOPE = "tweet.read tweet.write users.read media.write offline.access"
IMAGE_SIDE = 2_000  # pixels
PAGE = 100
PAGES = 32  # X shows 3,200; a search that gets no further says so: it never means "not there"
METRICS = ("impression_count", "like_count", "reply_count", "retweet_count", "quote_count", "bookmark_count")

NO_CREDIT = _(
    "{network} takes no more messages until its bill is paid. The account is paused; its posts are kept."
)


@register
class XProvider(ThreadProvider, OAuthProvider):
    identifier = "x"
    label = NETWORK
    identity_field = "user_id"
    limits = Limits(text=280, images=4, image_bytes=5_000_000, alt_text=1_000, url=URL_WEIGHT)
    capabilities = Capabilities(
        idempotent=False,
        delete=True,
        find=True,
        metrics=METRICS,
        price=_("X charges more for a post with a link than for one without."),
        followups=Followups.THREAD,
    )
    credential_fields = (
        CredentialField("user_id", _("Number of the account")),
        CredentialField("access_token", _("Access token"), secret=True),
    )

    def __init__(
        self, credentials: Credentials, session: Session | None = None, limits: Limits | None = None
    ) -> None:
        super().__init__(credentials, session, limits)
        self._client = TokenClient(
            NETWORK, host_of("x"), credentials, self.session, classify=self._error_in, renew=self.renew
        )
        self._user = credentials.get("user_id", "").strip()

    @classmethod
    def count(cls, text: str, limits: Limits | None = None) -> TextCount:
        return TextCount(used=weigh(text), limit=cls.limits.text)

    def verify(self) -> str:
        name = _data(self._client.get("/2/users/me")).get("username")
        if not isinstance(name, str):
            raise self._client.http.unreadable()
        return f"@{name}"

    def _send(self, part: OutgoingPost, earlier: Sequence[PublishResult]) -> PublishResult:
        message: dict[str, Any] = {"text": self.compose(part)}
        if part.images:
            media = [self._media(image, place, part) for place, image in enumerate(part.images)]
            message["media"] = {"media_ids": media}
        if earlier:
            message["reply"] = {"in_reply_to_tweet_id": earlier[-1].remote_id}
        __, answer = self._client.call("POST", "/2/tweets", json=message, writing=True)
        number = _data(answer).get("id")
        if not isinstance(number, str) or not number:
            raise self._client.http.unreadable(writing=True)
        return _result(number)

    def _look_for(self, part: OutgoingPost, earlier: Sequence[PublishResult]) -> PublishResult | None:
        answers = earlier[-1].remote_id if earlier else ""
        found = first_message(self._own_posts(), part, self.compose(part), answers)
        return _result(found.remote_id) if found else None

    def delete(self, remote_id: str) -> None:
        try:
            self._client.call("DELETE", f"/2/tweets/{remote_id}")
        except ProviderError as error:
            if error.status not in (404, 410):
                raise

    def fetch_metrics(self, remote_ids: Sequence[str]) -> dict[str, dict[str, int]]:
        figures: dict[str, dict[str, int]] = {}
        wanted = list(dict.fromkeys(remote_ids))
        for start in range(0, len(wanted), PAGE):
            batch = wanted[start : start + PAGE]
            params = [("ids", ",".join(batch)), ("tweet.fields", "public_metrics")]
            # Of those that are gone it says so in "errors", beside the others.
            for row in _list(self._client.get("/2/tweets", params)):
                counts = row.get("public_metrics")
                if row.get("id") in batch and isinstance(counts, dict):
                    figures[row["id"]] = {
                        name: counts[name]
                        for name in METRICS
                        if type(counts.get(name)) is int and counts[name] >= 0
                    }
        return figures

    @property
    def can_renew(self) -> bool:
        return bool(self._refresh_token and self.app())

    @property
    def _refresh_token(self) -> str:
        return self.session.tokens.get("refresh_token") or self.credentials.get("refresh_token", "")

    def renew(self) -> None:
        """A refresh token works once; the answer holds the next one."""
        app = self.app()
        if not self.can_renew:
            super().renew()
        form = {"grant_type": "refresh_token", "refresh_token": self._refresh_token, "client_id": app.id}
        answer = ask_for_token(
            NETWORK, f"{host_of('x')}/2/oauth2/token", form, basic=app if app.secret else None
        )
        keep_tokens(self.session, tokens_in(NETWORK, answer))

    def _media(self, image: OutgoingImage, place: int, post: OutgoingPost) -> str:
        """The number of an uploaded picture with its words; one of an earlier try is used again."""
        step = f"media{place}"
        if known := post.steps.ids.get(step):
            return known
        try:
            fitted = fit(image, max_bytes=self.limits.image_bytes, max_side=IMAGE_SIDE)
        except UnreadableImage:
            raise self._client.problem(REFUSED, Failure.PERMANENT) from None
        suffix = fitted.mime_type.partition("/")[2]
        __, answer = self._client.call(
            "POST",
            "/2/media/upload",
            form={"media_category": "tweet_image"},
            file=(f"image.{suffix}", fitted.content, fitted.mime_type),
            file_field="media",
        )
        number = _data(answer).get("id")
        if not isinstance(number, str) or not number:
            raise self._client.http.unreadable()
        words = {"id": number, "metadata": {"alt_text": {"text": image.alt.strip()}}}
        self._client.call("POST", "/2/media/metadata", json=words)
        post.steps.keep(**{step: number})
        return number

    def _own_posts(self) -> Iterator[Found]:
        params = [("max_results", str(PAGE)), ("tweet.fields", "created_at,entities,referenced_tweets")]
        for _page in range(PAGES):
            answer = self._client.get(f"/2/users/{self._user}/tweets", params)
            meta = answer.get("meta")
            if not isinstance(meta, dict):
                raise self._client.http.unreadable()
            for row in _list(answer):
                if isinstance(row.get("id"), str):
                    yield _found(row)
            following = meta.get("next_token")
            if not isinstance(following, str):
                return
            params = [*params[:2], ("pagination_token", following)]
        raise self._client.http.unreadable()

    def _error_in(self, answer: Answer, content: Mapping[str, Any], writing: bool) -> ProviderError | None:
        said = f"{content.get('title', '')}: {content.get('detail', '')}"
        if answer.status == 402:
            return self._client.problem(NO_CREDIT, Failure.ACCOUNT, answer, said)
        if answer.status == 403 and writing and "duplicate" in said.lower():
            # The very same words stand there already: perhaps it is this message.
            return self._client.problem(UNREADABLE_WRITE, Failure.UNKNOWN, answer, said)
        if (
            answer.ok
            and "errors" in content
            and not {"data", "meta"} & set(content)
            and not _all_gone(content)
        ):
            message, failure = (FAULTY_WRITE, Failure.UNKNOWN) if writing else (FAULTY, Failure.TEMPORARY)
            return self._client.problem(message, failure, answer, said)
        return None

    # --- connecting -----------------------------------------------------------------------------------------

    @classmethod
    def authorization_url(cls, consent: Consent) -> str:
        return dialog_url(
            f"{host_of('x-dialog')}/i/oauth2/authorize",
            consent,
            SCOPE,
            code_challenge=consent.challenge,
            code_challenge_method="S256",
        )

    @classmethod
    def exchange(cls, code: str, consent: Consent) -> list[Grant]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": consent.redirect_uri,
            "code_verifier": consent.verifier,
            "client_id": consent.app.id,
        }
        basic = consent.app if consent.app.secret else None
        tokens = tokens_in(
            NETWORK, ask_for_token(NETWORK, f"{host_of('x')}/2/oauth2/token", form, basic=basic)
        )
        client = TokenClient(NETWORK, host_of("x"), tokens, Session())
        account = _data(client.get("/2/users/me"))
        name, number = account.get("username"), account.get("id")
        if not (isinstance(name, str) and isinstance(number, str)):
            raise client.http.unreadable()
        return [Grant(f"@{name}", {"user_id": number, "access_token": tokens["access_token"]}, tokens)]


def _result(number: str) -> PublishResult:
    return PublishResult(number, f"https://x.com/i/web/status/{number}")


def _data(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    data = answer.get("data")
    return data if isinstance(data, dict) else {}


def _list(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    data = answer.get("data")
    return [row for row in data if isinstance(row, dict)] if isinstance(data, list) else []


def _all_gone(answer: Mapping[str, Any]) -> bool:
    """Whether nothing is wrong but that what was asked about is not there (any more)."""
    errors = answer.get("errors")
    return isinstance(errors, list) and all(
        isinstance(error, dict) and error.get("title") == "Not Found Error" for error in errors
    )


def _found(row: Mapping[str, Any]) -> Found:
    """X shows every link shortened; what it leads to stands beside the text."""
    text, links = str(row.get("text", "")), []
    entities = row.get("entities")
    for link in entities.get("urls", []) if isinstance(entities, dict) else []:
        whole = link.get("expanded_url") if isinstance(link, dict) else None
        if isinstance(whole, str):
            links.append(whole)
            text = text.replace(str(link.get("url")), whole)
    return Found(row["id"], text, moment(row.get("created_at")), tuple(links), _answered(row))


def _answered(row: Mapping[str, Any]) -> str:
    """The number of the message that this one answers, "" for one of its own."""
    others = row.get("referenced_tweets")
    for other in others if isinstance(others, list) else []:
        if isinstance(other, dict) and other.get("type") == "replied_to":
            return str(other.get("id", ""))
    return ""
