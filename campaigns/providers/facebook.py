"""A Facebook page (Graph API). It does not recognise a resend: its own posts are read before any second call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.providers.base import (
    Capabilities,
    CredentialField,
    Credentials,
    Failure,
    Limits,
    OutgoingImage,
    OutgoingPost,
    PublishResult,
    Session,
    TextCount,
)
from campaigns.providers.hosts import host_of
from campaigns.providers.http import REFUSED
from campaigns.providers.images import UnreadableImage, fit
from campaigns.providers.matching import Found, first_message, moment
from campaigns.providers.meta.graph import VERSION, GraphClient, GraphProvider, as_json, rows
from campaigns.providers.oauth import Consent, Grant, ask_for_token, dialog_url, tokens_in
from campaigns.providers.registry import register
from campaigns.providers.text import count_utf16, normalise

NETWORK = "Facebook"
SCOPE = "pages_show_list,pages_manage_posts,pages_read_engagement,read_insights"
IMAGE_SIDE = 2_048  # pixels
PAGE = 50
PAGES = 50  # a search that gets no further says so: it never means "not there"
METRICS = ("post_media_view", "post_total_media_view_unique", "post_clicks")
FIELDS = "id,message,created_time,permalink_url"


@register
class FacebookProvider(GraphProvider):
    """One page, with the token of that page."""

    identifier = "facebook"
    label = NETWORK
    identity_field = "page_id"
    # https://developers.facebook.com/docs/graph-api/reference/page/photos: pictures below 10 MB
    limits = Limits(text=63_206, images=10, image_bytes=4_000_000, alt_text=1_000)
    metrics = METRICS
    capabilities = Capabilities(idempotent=False, delete=True, find=True, metrics=METRICS)
    credential_fields = (
        CredentialField("page_id", _("Number of the page")),
        CredentialField("access_token", _("Access token of the page"), secret=True),
    )

    def __init__(
        self, credentials: Credentials, session: Session | None = None, limits: Limits | None = None
    ) -> None:
        super().__init__(credentials, session, limits)
        base = f"{host_of('facebook')}/{VERSION}"
        self._client = GraphClient(NETWORK, base, credentials, self.session)
        self._page = credentials.get("page_id", "").strip()

    @classmethod
    def count(cls, text: str, limits: Limits | None = None) -> TextCount:
        return TextCount(used=count_utf16(normalise(text)), limit=cls.limits.text)

    def verify(self) -> str:
        page = self._client.get(f"/{self._page}", [("fields", "id,name")])
        if not isinstance(page.get("name"), str):
            raise self._client.http.unreadable()
        return str(page["name"])

    def publish(self, post: OutgoingPost) -> PublishResult:
        self._refuse_faulty(post)
        form = {"message": self.compose(post)}
        if post.images:
            photos = [self._photo(image, place, post) for place, image in enumerate(post.images)]
            form["attached_media"] = as_json([{"media_fbid": number} for number in photos])
        elif post.link:
            form["link"] = post.link
        answer = self._client.post(f"/{self._page}/feed", form, writing=True)
        number = answer.get("id")
        if not isinstance(number, str) or not number:
            raise self._client.http.unreadable(writing=True)
        return PublishResult(number, f"https://www.facebook.com/{number}")

    def find(self, post: OutgoingPost) -> PublishResult | None:
        found = first_message(self._own_posts(), post, self.compose(post))
        if found is None:
            return None
        return PublishResult(found.remote_id, f"https://www.facebook.com/{found.remote_id}")

    def _own_posts(self) -> Iterator[Found]:
        params = [("fields", FIELDS), ("limit", str(PAGE))]
        for _page in range(PAGES):
            answer = self._client.get(f"/{self._page}/feed", params)
            if "data" not in answer:
                raise self._client.http.unreadable()
            for row in rows(answer):
                if isinstance(row.get("id"), str):
                    yield Found(row["id"], str(row.get("message", "")), moment(row.get("created_time")))
            after = _cursor(answer)
            if not after:
                return
            params = [*params[:2], ("after", after)]
        raise self._client.http.unreadable()

    def _photo(self, image: OutgoingImage, place: int, post: OutgoingPost) -> str:
        """The number of a photo that nobody sees until a post has it; one of an earlier try is used again."""
        step = f"photo{place}"
        if known := post.steps.ids.get(step):
            return known
        try:
            fitted = fit(image, max_bytes=self.limits.image_bytes, max_side=IMAGE_SIDE)
        except UnreadableImage:
            raise self._client.problem(REFUSED, Failure.PERMANENT) from None
        suffix = fitted.mime_type.partition("/")[2]
        __, answer = self._client.call(
            "POST",
            f"/{self._page}/photos",
            form={"published": "false", "alt_text_custom": image.alt.strip()},
            file=(f"image.{suffix}", fitted.content, fitted.mime_type),
            file_field="source",
        )
        number = answer.get("id")
        if not isinstance(number, str) or not number:
            raise self._client.http.unreadable()
        post.steps.keep(**{step: number})
        return number

    # --- connecting ---------------------------------------------------------------------------------------

    @classmethod
    def authorization_url(cls, consent: Consent) -> str:
        return dialog_url(f"{host_of('facebook-dialog')}/{VERSION}/dialog/oauth", consent, SCOPE)

    @classmethod
    def exchange(cls, code: str, consent: Consent) -> list[Grant]:
        """One grant a page. The page's token is made from the owner's long one, and lasts as long as that says."""
        address = f"{host_of('facebook')}/{VERSION}/oauth/access_token"
        app = {"client_id": consent.app.id, "client_secret": consent.app.secret}
        form = {**app, "code": code, "redirect_uri": consent.redirect_uri}
        short = tokens_in(NETWORK, ask_for_token(NETWORK, address, form))
        form = {**app, "grant_type": "fb_exchange_token", "fb_exchange_token": short["access_token"]}
        owner = tokens_in(NETWORK, ask_for_token(NETWORK, address, form))
        client = GraphClient(NETWORK, f"{host_of('facebook')}/{VERSION}", owner, Session())
        answer = client.get("/me/accounts", [("fields", "id,name,access_token"), ("limit", "100")])
        return [
            Grant(
                row["name"],
                {"page_id": row["id"], "access_token": row["access_token"]},
                {"expires_at": owner["expires_at"]} if "expires_at" in owner else {},
            )
            for row in rows(answer)
            if all(isinstance(row.get(name), str) and row[name] for name in ("id", "name", "access_token"))
        ]


def _cursor(answer: dict[str, Any]) -> str:
    paging = answer.get("paging")
    cursors = paging.get("cursors") if isinstance(paging, dict) else None
    after = cursors.get("after") if isinstance(cursors, dict) else None
    return after if isinstance(after, str) and isinstance(paging, dict) and paging.get("next") else ""
