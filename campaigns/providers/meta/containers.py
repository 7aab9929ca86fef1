"""Instagram and Threads publish in two steps: a container that nobody sees, and the call that publishes it.

The container's id is kept before the second call. A container can be published once only, and tells whether
it was: so after a call without an answer it is asked, and the same one is published again if it was not.
"""

from __future__ import annotations

import time
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.providers.base import (
    Credentials,
    Failure,
    Limits,
    OutgoingImage,
    OutgoingPost,
    Problem,
    ProviderError,
    PublishResult,
    Session,
)
from campaigns.providers.bearer import TokenClient
from campaigns.providers.hosts import host_of
from campaigns.providers.http import BUSY, FAULTY, REFUSED
from campaigns.providers.matching import Found, first_message, moment
from campaigns.providers.meta.graph import GraphClient, GraphProvider, is_gone, rows
from campaigns.providers.oauth import (
    Consent,
    Grant,
    ask_for_token,
    dialog_url,
    keep_tokens,
    tokens_in,
)
from campaigns.providers.parts import ThreadProvider

POLLS = 20  # seconds to wait for a container; after that the message waits for its next try
PAGES = 50  # a search that gets no further says so: it never means "not there"
QUOTA_WAIT = 60 * 60.0  # seconds; the quota is counted over the last 24 hours

CONTAINER = "container"

UNREACHABLE_PICTURE = _(
    "{network} fetches pictures from this site, and this one has no address it could fetch. Choose another picture."
)


class ContainerProvider(ThreadProvider, GraphProvider):
    """What the two have in common. ``version`` is part of their address, ``token_prefix`` of their grants' names."""

    identity_field = "user_id"
    can_renew = True
    version: ClassVar[str]
    edge: ClassVar[str]  # where containers are made and messages are listed
    publish_edge: ClassVar[str]
    quota_edge: ClassVar[str]
    status_field: ClassVar[str]
    text_field: ClassVar[str]  # of a container
    listed_fields: ClassVar[str]
    listed_text: ClassVar[str]  # of a message in the list
    token_prefix: ClassVar[str]
    token_host: ClassVar[str]
    dialog: ClassVar[str]
    scope: ClassVar[str]

    def __init__(
        self, credentials: Credentials, session: Session | None = None, limits: Limits | None = None
    ) -> None:
        super().__init__(credentials, session, limits)
        base = f"{host_of(self.identifier)}/{self.version}"
        self._client = GraphClient(self.label, base, credentials, self.session, renew=self.renew)
        self._user = credentials.get("user_id", "").strip()

    @abstractmethod
    def _container_fields(self, image: OutgoingImage | None) -> dict[str, str]:
        """What a container of a picture, or of none, needs beside its text."""

    def _answering(self, earlier: Sequence[PublishResult]) -> dict[str, str]:
        """What a container needs beside that to answer the last of ``earlier``."""
        return {}

    def verify(self) -> str:
        account = self._client.get("/me", [("fields", "id,username")])
        if not isinstance(account.get("username"), str):
            raise self._client.http.unreadable()
        return f"@{account['username']}"

    def _send(self, part: OutgoingPost, earlier: Sequence[PublishResult]) -> PublishResult:
        if any(not image.url for image in part.images):
            raise self._client.problem(UNREACHABLE_PICTURE, Failure.PERMANENT)
        container = part.steps.ids.get(CONTAINER, "")
        status = self._status(container) if container else ""
        if status == "PUBLISHED":
            return self._published_before(part, earlier)
        if status in ("", "ERROR", "EXPIRED"):
            if not earlier:  # answers have a quota of their own, twenty times as large
                self._check_quota()
            container = self._make_container(part, earlier)
        self._wait_for(container)
        try:
            answer = self._client.post(
                f"/{self._user}/{self.publish_edge}", {"creation_id": container}, writing=True
            )
        except ProviderError as error:
            # Refused because an earlier call arrived late?
            if error.failure is Failure.PERMANENT and self._status(container) == "PUBLISHED":
                return self._published_before(part, earlier)
            raise
        number = answer.get("id")
        if not isinstance(number, str) or not number:
            raise self._client.http.unreadable(writing=True)
        return PublishResult(number, self._address(number))

    def _look_for(self, part: OutgoingPost, earlier: Sequence[PublishResult]) -> PublishResult | None:
        """Without a container there was no second call; a container that is not published is not out."""
        container = part.steps.ids.get(CONTAINER, "")
        if not container or self._status(container) != "PUBLISHED":
            return None
        return self._published_before(part, earlier)

    # --- containers -----------------------------------------------------------------------------------------

    def _make_container(self, post: OutgoingPost, earlier: Sequence[PublishResult]) -> str:
        text = {self.text_field: self.compose(post), **self._answering(earlier)}
        if len(post.images) > 1:
            children = [self._child(image, place, post) for place, image in enumerate(post.images)]
            form = {"media_type": "CAROUSEL", "children": ",".join(children), **text}
        else:
            form = {**self._container_fields(post.images[0] if post.images else None), **text}
        number = self._new_container(form)
        post.steps.keep(**{CONTAINER: number})
        return number

    def _child(self, image: OutgoingImage, place: int, post: OutgoingPost) -> str:
        number = self._new_container({**self._container_fields(image), "is_carousel_item": "true"})
        post.steps.keep(**{f"child{place}": number})
        self._wait_for(number)
        return number

    def _new_container(self, form: dict[str, str]) -> str:
        number = self._client.post(f"/{self._user}/{self.edge}", form).get("id")
        if not isinstance(number, str) or not number:
            raise self._client.http.unreadable()
        return number

    def _status(self, container: str) -> str:
        """``IN_PROGRESS``, ``FINISHED``, ``PUBLISHED``, ``ERROR`` or ``EXPIRED``; one that is gone has expired."""
        try:
            answer = self._client.get(f"/{container}", [("fields", self.status_field)])
        except ProviderError as error:
            if is_gone(error):
                return "EXPIRED"
            raise
        status = answer.get(self.status_field)
        if not isinstance(status, str):
            raise self._client.http.unreadable()
        return status

    def _wait_for(self, container: str) -> None:
        """Until it can be published. Raises ``ProviderError`` when it cannot, or not yet."""
        for _second in range(POLLS):
            status = self._status(container)
            if status == "FINISHED":
                return
            if status != "IN_PROGRESS":
                raise self._client.problem(REFUSED, Failure.PERMANENT, detail=status)
            time.sleep(1)
        raise self._client.problem(FAULTY, Failure.TEMPORARY)

    def _check_quota(self) -> None:
        """A container that could not be published today is not made. A quota that cannot be read stops nobody."""
        try:
            answer = self._client.get(f"/{self._user}/{self.quota_edge}", [("fields", "quota_usage,config")])
        except ProviderError as error:
            if error.failure is Failure.ACCOUNT:
                raise
            return
        for row in rows(answer):
            config = row.get("config")
            total = config.get("quota_total") if isinstance(config, dict) else None
            used = row.get("quota_usage")
            if isinstance(total, int) and isinstance(used, int) and used >= total > 0:
                raise self._client.problem(BUSY, Failure.TEMPORARY, retry_after=QUOTA_WAIT)

    # --- what is out ----------------------------------------------------------------------------------------

    def _published_before(self, part: OutgoingPost, earlier: Sequence[PublishResult]) -> PublishResult:
        """The message of a container that says it is published. Raises ``ProviderError`` while it is not listed."""
        answers = earlier[-1].remote_id if earlier else ""
        listed = self._answers_to(answers) if answers else self._own_posts()
        found = first_message(listed, part, self.compose(part), answers)
        if found is None:
            raise self._client.problem(FAULTY, Failure.TEMPORARY)
        return PublishResult(found.remote_id, found.links[0] if found.links else "")

    def _own_posts(self) -> Iterator[Found]:
        for row in self._listed(f"/{self._user}/{self.edge}", self.listed_fields):
            yield self._found(row)

    def _answers_to(self, remote_id: str) -> Iterator[Found]:
        """The account's own answers to one of its messages, newest first; of networks without threads there are none."""
        return iter(())

    def _found(self, row: dict[str, Any], answers: str = "") -> Found:
        permalink = row.get("permalink")
        links = (permalink,) if isinstance(permalink, str) else ()
        text = str(row.get(self.listed_text, ""))
        return Found(row["id"], text, moment(row.get("timestamp")), links, answers)

    def _listed(self, path: str, fields: str) -> Iterator[dict[str, Any]]:
        params = [("fields", fields), ("limit", "50")]
        for _page in range(PAGES):
            answer = self._client.get(path, params)
            if "data" not in answer:
                raise self._client.http.unreadable()
            yield from (row for row in rows(answer) if isinstance(row.get("id"), str))
            paging = answer.get("paging")
            cursors = paging.get("cursors") if isinstance(paging, dict) else None
            after = cursors.get("after") if isinstance(cursors, dict) else None
            if not isinstance(after, str) or not rows(answer):
                return
            params = [*params[:2], ("after", after)]
        raise self._client.http.unreadable()

    def _address(self, number: str) -> str:
        """Where people see it. It is out already, so nothing that goes wrong here counts."""
        try:
            permalink = self._client.get(f"/{number}", [("fields", "permalink")]).get("permalink")
        except ProviderError:
            return ""
        return permalink if isinstance(permalink, str) else ""

    # --- connecting -----------------------------------------------------------------------------------------

    def renew(self) -> None:
        """A long-lived token is exchanged for a newer one while it is valid; after that, people sign in again."""
        form = {"grant_type": f"{self.token_prefix}_refresh_token", "access_token": self._client.token}
        answer = ask_for_token(
            self.label, f"{host_of(self.identifier)}/refresh_access_token", form, method="GET"
        )
        keep_tokens(self.session, tokens_in(self.label, answer))

    @classmethod
    def authorization_url(cls, consent: Consent) -> str:
        return dialog_url(f"{host_of(cls.dialog)}/oauth/authorize", consent, cls.scope)

    @classmethod
    def exchange(cls, code: str, consent: Consent) -> list[Grant]:
        """The code gives a token for an hour, and that one a token for sixty days."""
        form = {
            "client_id": consent.app.id,
            "client_secret": consent.app.secret,
            "grant_type": "authorization_code",
            "redirect_uri": consent.redirect_uri,
            "code": code.removesuffix("#_"),  # Meta appends it to the address, and browsers keep it
        }
        answer = ask_for_token(cls.label, f"{host_of(cls.token_host)}/oauth/access_token", form)
        short = tokens_in(cls.label, answer)
        form = {
            "grant_type": f"{cls.token_prefix}_exchange_token",
            "client_secret": consent.app.secret,
            "access_token": short["access_token"],
        }
        tokens = tokens_in(
            cls.label, ask_for_token(cls.label, f"{host_of(cls.identifier)}/access_token", form, method="GET")
        )
        client = TokenClient(cls.label, f"{host_of(cls.identifier)}/{cls.version}", tokens, Session())
        account = client.get("/me", [("fields", "id,user_id,username")])
        number = account.get("user_id") or account.get("id")
        name = account.get("username")
        if not (isinstance(name, str) and isinstance(number, (str, int))):
            raise client.http.unreadable()
        return [Grant(f"@{name}", {"user_id": str(number), "access_token": tokens["access_token"]}, tokens)]


def too_many(field: str, message: Any, network: Any, limit: int, used: int) -> list[Problem]:
    """A problem when there is more of something than the network takes."""
    if used <= limit:
        return []
    return [Problem(field, format_lazy(message, network=network, limit=limit, used=used))]
