"""An organisation's page on LinkedIn (Posts API)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext_lazy as _

from campaigns.providers.base import (
    Capabilities,
    CredentialField,
    Credentials,
    Failure,
    Limits,
    OutgoingImage,
    OutgoingPost,
    ProviderError,
    PublishResult,
    Session,
    TextCount,
)
from campaigns.providers.bearer import TokenClient
from campaigns.providers.hosts import host_of, is_linkedins
from campaigns.providers.http import REFUSED, UNREADABLE_WRITE, Answer
from campaigns.providers.images import UnreadableImage, fit
from campaigns.providers.little_text import escape, unescape
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
from campaigns.providers.registry import register
from campaigns.providers.text import count_utf16, normalise

NETWORK = "LinkedIn"
VERSION = "202510"  # a version is kept for a year at least
SCOPE = "w_organization_social r_organization_social rw_organization_admin"
ORGANISATION = "urn:li:organization:"
IMAGE_SIDE = 2_048  # pixels
PAGE = 50
PAGES = 50  # a search that gets no further says so: it never means "not there"
OVERLAP = 15  # pages are counted from the newest: what is deleted meanwhile would move others out of sight
METRICS = (
    "impressionCount",
    "uniqueImpressionsCount",
    "clickCount",
    "likeCount",
    "commentCount",
    "shareCount",
)
HEADERS = {"LinkedIn-Version": VERSION, "X-Restli-Protocol-Version": "2.0.0"}


@register
class LinkedInProvider(OAuthProvider):
    """One organisation. There is no key that makes a resend harmless: its own posts are read first."""

    identifier = "linkedin"
    label = NETWORK
    identity_field = "organisation"
    limits = Limits(text=3_000, images=20, image_bytes=5_000_000, alt_text=4_086)
    capabilities = Capabilities(idempotent=False, delete=True, find=True, metrics=METRICS)
    credential_fields = (
        CredentialField("organisation", _("Number of the organisation")),
        CredentialField("access_token", _("Access token"), secret=True),
    )

    def __init__(
        self, credentials: Credentials, session: Session | None = None, limits: Limits | None = None
    ) -> None:
        super().__init__(credentials, session, limits)
        self._client = TokenClient(
            NETWORK,
            host_of("linkedin"),
            credentials,
            self.session,
            classify=self._error_in,
            renew=self.renew,
        )
        self._author = ORGANISATION + credentials.get("organisation", "").strip().removeprefix(ORGANISATION)

    @classmethod
    def count(cls, text: str, limits: Limits | None = None) -> TextCount:
        """What people see counts; the marks that are escaped on the way do not."""
        return TextCount(used=count_utf16(normalise(text)), limit=cls.limits.text)

    def verify(self) -> str:
        number = self._author.removeprefix(ORGANISATION)
        __, answer = self._call("GET", f"/rest/organizations/{quote(number, safe='')}")
        if not isinstance(answer.get("localizedName"), str):
            raise self._client.http.unreadable()
        return str(answer["localizedName"])

    def publish(self, post: OutgoingPost) -> PublishResult:
        self._refuse_faulty(post)
        message: dict[str, Any] = {
            "author": self._author,
            "commentary": escape(self.compose(post)),
            "visibility": "PUBLIC",
            "distribution": {
                "feedDistribution": "MAIN_FEED",
                "targetEntities": [],
                "thirdPartyDistributionChannels": [],
            },
            "lifecycleState": "PUBLISHED",
            "isReshareDisabledByAuthor": False,
        }
        if content := self._content(post):
            message["content"] = content
        answer, __ = self._call("POST", "/rest/posts", json=message, writing=True)
        urn = answer.headers.get("x-restli-id", "")
        if not urn.startswith("urn:li:"):
            raise self._client.http.unreadable(writing=True)
        return _result(urn)

    def find(self, post: OutgoingPost) -> PublishResult | None:
        found = first_message(self._own_posts(), post, self.compose(post))
        return _result(found.remote_id) if found else None

    def delete(self, remote_id: str) -> None:
        try:
            self._call("DELETE", f"/rest/posts/{quote(remote_id, safe='')}")
        except ProviderError as error:
            if error.status not in (404, 410):
                raise

    def fetch_metrics(self, remote_ids: Sequence[str]) -> dict[str, dict[str, int]]:
        """Of the last twelve months. The address is written by hand: Rest.li wants its brackets plain."""
        figures: dict[str, dict[str, int]] = {}
        for kind, field in (("urn:li:share:", "shares"), ("urn:li:ugcPost:", "ugcPosts")):
            urns = [urn for urn in dict.fromkeys(remote_ids) if urn.startswith(kind)]
            for start in range(0, len(urns), PAGE):
                listed = ",".join(quote(urn, safe="") for urn in urns[start : start + PAGE])
                place = (
                    "/rest/organizationalEntityShareStatistics?q=organizationalEntity"
                    f"&organizationalEntity={quote(self._author, safe='')}&{field}=List({listed})"
                )
                for row in _elements(self._call("GET", place)[1]):
                    urn = row.get("share") or row.get("ugcPost")
                    if urn in urns:
                        figures[str(urn)] = _figures(row.get("totalShareStatistics"))
        return figures

    @property
    def can_renew(self) -> bool:
        return bool(self._refresh_token and self.app())

    @property
    def _refresh_token(self) -> str:
        return self.session.tokens.get("refresh_token") or self.credentials.get("refresh_token", "")

    def renew(self) -> None:
        """Raises ``ProviderError`` where there is no refresh token: LinkedIn gives one to some applications only."""
        app = self.app()
        if not self.can_renew:
            super().renew()
        form = {
            "grant_type": "refresh_token",
            "refresh_token": self._refresh_token,
            "client_id": app.id,
            "client_secret": app.secret,
        }
        answer = ask_for_token(NETWORK, f"{host_of('linkedin-dialog')}/oauth/v2/accessToken", form)
        keep_tokens(self.session, tokens_in(NETWORK, answer))

    # --- what a message holds -------------------------------------------------------------------------------

    def _content(self, post: OutgoingPost) -> dict[str, Any]:
        images = [
            {"id": self._image(image, place, post), "altText": image.alt.strip()}
            for place, image in enumerate(post.images)
        ]
        if len(images) > 1:
            return {"multiImage": {"images": images}}
        if images:
            return {"media": images[0]}
        if post.link and post.card:
            article = {"source": post.link, "title": post.card.title or urlsplit(post.link).netloc}
            if post.card.description:
                article["description"] = post.card.description
            return {"article": article}
        return {}

    def _image(self, image: OutgoingImage, place: int, post: OutgoingPost) -> str:
        step = f"image{place}"
        if known := post.steps.ids.get(step):
            return known
        try:
            fitted = fit(image, max_bytes=self.limits.image_bytes, max_side=IMAGE_SIDE)
        except UnreadableImage:
            raise self._client.problem(REFUSED, Failure.PERMANENT) from None
        asked = {"initializeUploadRequest": {"owner": self._author}}
        __, answer = self._call("POST", "/rest/images?action=initializeUpload", json=asked)
        value = answer.get("value")
        place_to_put, urn = (
            (value.get("uploadUrl"), value.get("image")) if isinstance(value, dict) else (None, None)
        )
        if not (isinstance(place_to_put, str) and isinstance(urn, str)):
            raise self._client.http.unreadable()
        self._client.call(
            "PUT",
            place_to_put,
            data=fitted.content,
            headers={"Content-Type": fitted.mime_type},
            with_token=is_linkedins(place_to_put),
        )
        post.steps.keep(**{step: urn})
        return urn

    def _own_posts(self) -> Iterator[Found]:
        for page in range(PAGES):
            params = [
                ("q", "author"),
                ("author", self._author),
                ("count", str(PAGE)),
                ("start", str(page * (PAGE - OVERLAP))),
                ("sortBy", "CREATED"),
            ]
            answer = self._call("GET", "/rest/posts", params=params, headers={"X-RestLi-Method": "FINDER"})[1]
            if "elements" not in answer:
                raise self._client.http.unreadable()
            elements = _elements(answer)
            for row in elements:
                if isinstance(row.get("id"), str):
                    created = moment(row.get("createdAt") or row.get("publishedAt"))
                    yield Found(row["id"], unescape(str(row.get("commentary", ""))), created)
            if len(elements) < PAGE:
                return
        raise self._client.http.unreadable()

    def _call(self, method: str, path: str, **request: Any) -> tuple[Answer, dict[str, Any]]:
        headers = {**HEADERS, **request.pop("headers", {})}
        return self._client.call(method, path, headers=headers, **request)

    def _error_in(self, answer: Answer, content: Mapping[str, Any], writing: bool) -> ProviderError | None:
        said = str(content.get("message", ""))
        if writing and answer.status in (409, 422) and "duplicate" in said.lower():
            # The very same words stand there already: perhaps it is this message.
            return self._client.problem(UNREADABLE_WRITE, Failure.UNKNOWN, answer, said)
        return None

    # --- connecting -----------------------------------------------------------------------------------------

    @classmethod
    def authorization_url(cls, consent: Consent) -> str:
        return dialog_url(f"{host_of('linkedin-dialog')}/oauth/v2/authorization", consent, SCOPE)

    @classmethod
    def exchange(cls, code: str, consent: Consent) -> list[Grant]:
        """One grant for each organisation the owner administers."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": consent.redirect_uri,
            "client_id": consent.app.id,
            "client_secret": consent.app.secret,
        }
        answer = ask_for_token(NETWORK, f"{host_of('linkedin-dialog')}/oauth/v2/accessToken", form)
        tokens = tokens_in(NETWORK, answer)
        client = TokenClient(NETWORK, host_of("linkedin"), tokens, Session())
        params = [("q", "roleAssignee"), ("role", "ADMINISTRATOR"), ("state", "APPROVED")]
        listed = client.call("GET", "/rest/organizationAcls", params=params, headers=HEADERS)[1]
        grants = []
        for row in _elements(listed):
            urn = row.get("organization")
            if isinstance(urn, str) and urn.startswith(ORGANISATION):
                credentials = {"organisation": urn.removeprefix(ORGANISATION), **tokens}
                credentials.pop("expires_at", None)
                name = cls(credentials).verify()
                grants.append(Grant(name, credentials, tokens))
        return grants


def _result(urn: str) -> PublishResult:
    return PublishResult(urn, f"https://www.linkedin.com/feed/update/{urn}/")


def _elements(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    elements = answer.get("elements")
    return [row for row in elements if isinstance(row, dict)] if isinstance(elements, list) else []


def _figures(statistics: Any) -> dict[str, int]:
    counts = {name: statistics.get(name) for name in METRICS} if isinstance(statistics, dict) else {}
    return {name: value for name, value in counts.items() if type(value) is int and value >= 0}
