"""The contract every social network's connector keeps.

A provider knows no database models: it takes content and credentials, and answers with a
``PublishResult`` or raises a ``ProviderError`` that says whether trying again can help. All times
are timezone-aware and in UTC.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from typing import Any, ClassVar

Credentials = Mapping[str, str]
"""What signs an account in, by field name; see ``SocialProvider.credential_fields``."""


class Failure(Enum):
    """What a failed call means for what happens next."""

    TEMPORARY = "temporary"  # the network is down, busy or asks to wait: the same call may work later
    PERMANENT = "permanent"  # this content will never be accepted as it is: a person changes it
    ACCOUNT = "account"  # the account's sign-in is refused: pause the account, keep its posts
    UNKNOWN = "unknown"  # the call may have been carried out: look before calling again
    PERSON = "person"  # there is nothing to call: a person does it and says so


class ProviderError(Exception):
    """A network refused or did not answer.

    ``message`` is for campaign staff: what happened and what happens next, lazily translated, free of secrets.
    ``retry_after`` is the number of seconds the network asked to wait, when it said so.
    ``detail`` is what the network itself said, shortened and free of secrets: for the log, not for people.
    """

    def __init__(
        self,
        message: Any,
        *,
        failure: Failure,
        retry_after: float | None = None,
        status: int | None = None,
        detail: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.failure = failure
        self.retry_after = retry_after
        self.status = status
        self.detail = detail

    @property
    def permanent(self) -> bool:
        """Whether the same call can never succeed without a person."""
        return self.failure in (Failure.PERMANENT, Failure.ACCOUNT)


class Followups(Enum):
    """How a network shows the further texts of a message."""

    THREAD = "thread"  # each is a message of its own that answers the one before
    BELOW = "below"  # under each other, as one message: whoever composes it joins them
    NONE = "none"  # not at all: whoever writes is told


@dataclass(frozen=True, slots=True)
class OutgoingImage:
    """One image as it leaves for a network; ``alt`` is in the language of the post.

    ``content`` is empty in a draft that is only checked for problems. ``url`` is where the very same
    bytes stand on the web, for networks that fetch a picture themselves.
    """

    content: bytes
    mime_type: str
    alt: str
    width: int
    height: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class LinkCard:
    """The preview a network shows for a link: networks that do not fetch it themselves are given it."""

    url: str
    title: str
    description: str = ""
    image: OutgoingImage | None = None


@dataclass(slots=True)
class Steps:
    """What an earlier try of the same message left at the network (a container's id), kept by the caller.

    ``save`` is called each time ``ids`` changed, and has stored them when it returns.
    """

    ids: dict[str, str] = field(default_factory=dict)
    save: Callable[[dict[str, str]], None] = lambda ids: None

    def keep(self, **ids: str) -> None:
        self.ids = {**self.ids, **ids}
        self.save(self.ids)

    def of_part(self, place: int) -> Steps:
        """The steps of one further part, kept among these under its number."""
        prefix = f"{place}:"
        own = {name[len(prefix) :]: value for name, value in self.ids.items() if name.startswith(prefix)}
        return Steps(own, lambda ids: self.keep(**{prefix + name: value for name, value in ids.items()}))


@dataclass(frozen=True, slots=True)
class OutgoingPost:
    """One message on one account, frozen at the moment it was approved.

    ``idempotency_key`` and ``created_at`` stay the same for every try of the same revision, so that
    a network that knows them can recognise a resend. ``created_at`` is the time the message is planned
    for, not the time it was approved: networks sort by it, and an old one is never seen in a timeline.
    ``tags`` are topics beside the hashtags in the text, without ``#``, for networks that have such a thing.
    ``link`` is the short address of this message alone; ``full_link`` the page's own address with what tells
    its visits apart, for networks that frown on short ones. ``others`` are remote ids on the same account that
    are known to be other messages: a search for this one never takes them for it. ``followups`` are the further
    texts, each of which answers the one before where the network has threads (``Capabilities.followups``).
    """

    text: str
    language: str
    idempotency_key: str
    created_at: datetime
    link: str = ""
    images: tuple[OutgoingImage, ...] = ()
    card: LinkCard | None = None
    tags: tuple[str, ...] = ()
    full_link: str = ""
    others: frozenset[str] = frozenset()
    followups: tuple[str, ...] = ()
    steps: Steps = field(default_factory=Steps)


@dataclass(frozen=True, slots=True)
class PublishResult:
    """Where the message now stands. ``remote_id`` is what ``delete`` and ``fetch_metrics`` take.

    ``followups`` are the remote ids of its further parts, in their order; fewer than were asked for when only so many
    are out. ``version`` names these very words where an answer to them has to (Bluesky's CID).
    """

    remote_id: str
    url: str
    followups: tuple[str, ...] = ()
    version: str = ""


@dataclass(frozen=True, slots=True)
class TextCount:
    """How long a text is, as the network counts it."""

    used: int
    limit: int

    @property
    def left(self) -> int:
        return self.limit - self.used


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a message cannot go out as it is: the field it belongs to and one translated sentence."""

    field: str  # "text", "followups", "image", "image_alt", "link", "account"
    message: Any


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message may hold at most; ``url`` is what any link counts as, 0 where it counts as it is long.

    ``posts_a_day`` is how many messages the network takes in 24 hours, 0 where it tells no such number.
    """

    text: int
    images: int
    image_bytes: int
    alt_text: int
    url: int = 0
    posts_a_day: int = 0

    def told(self, numbers: Mapping[str, int]) -> Limits:
        """These limits, with those that an account's own server told in their place."""
        known = {name: number for name, number in numbers.items() if name in self.__dataclass_fields__}
        return replace(self, **known)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a network can do for us; what it cannot is told to people, never guessed."""

    idempotent: bool  # the same key sent twice makes one message
    delete: bool
    find: bool  # can answer whether a message is there
    metrics: tuple[str, ...] = ()  # names as in ``Metric.Name``
    price: Any = ""  # what one message costs, as a translated sentence; empty where nothing is charged
    followups: Followups = Followups.NONE


@dataclass(frozen=True, slots=True)
class CredentialField:
    """One field of the form that connects an account."""

    name: str
    label: Any
    secret: bool = False
    initial: str = ""
    help_text: Any = ""


@dataclass(slots=True)
class Session:
    """Short-lived tokens that a provider got by signing in, kept between calls by whoever calls it.

    ``save`` is called each time ``tokens`` changed; it stores them encrypted.
    """

    tokens: dict[str, str] = field(default_factory=dict)
    save: Callable[[dict[str, str]], None] = lambda tokens: None
    load: Callable[[], dict[str, str]] = dict

    def reload(self) -> bool:
        """Take the tokens another process kept meanwhile. Whether there are any that are new."""
        stored = self.load()
        changed = bool(stored) and stored != self.tokens
        if changed:
            self.tokens = stored
        return changed


class SocialProvider(ABC):
    """A network's connector. One instance serves one account."""

    identifier: ClassVar[str]
    label: ClassVar[Any]
    limits: ClassVar[Limits]
    capabilities: ClassVar[Capabilities]
    credential_fields: ClassVar[tuple[CredentialField, ...]] = ()

    needs_image: ClassVar[bool] = False
    by_hand: ClassVar[bool] = False  # a person does it: nothing is signed in and nothing is called

    def __init__(
        self, credentials: Credentials, session: Session | None = None, limits: Limits | None = None
    ) -> None:
        self.credentials = credentials
        self.session = session or Session()
        self.account_limits = limits or self.limits

    @classmethod
    @abstractmethod
    def count(cls, text: str, limits: Limits | None = None) -> TextCount:
        """Count ``text`` as the network does; ``limits`` are those of the account's own server, if it told any."""

    @classmethod
    def compose(cls, post: OutgoingPost) -> str:
        """The text as it leaves: where the network shows no card for the link, the link is part of it.

        ``count(compose(post))`` is the length that counts.
        """
        return post.text

    @classmethod
    @abstractmethod
    def problems(cls, post: OutgoingPost, limits: Limits | None = None) -> list[Problem]:
        """Everything that would make the network refuse ``post``, found without asking it."""

    @classmethod
    @abstractmethod
    def new_idempotency_key(cls, now: datetime) -> str:
        """A key for one platform post and revision, valid at this network."""

    @abstractmethod
    def verify(self) -> str:
        """Sign in and return the account's public name. Raises ``ProviderError``."""

    def fetch_limits(self) -> dict[str, int]:
        """Limits that the account's own server tells, by their names in ``Limits``. Raises ``ProviderError``."""
        return {}

    @abstractmethod
    def publish(self, post: OutgoingPost) -> PublishResult:
        """Put the message on the network, with what of its follow-ups is not out yet. Raises ``ProviderError``."""

    @abstractmethod
    def find(self, post: OutgoingPost) -> PublishResult | None:
        """The message if an earlier try reached the network, else None. Raises ``ProviderError``.

        Of a thread it is the parts that are out, one after the other from the first; ``publish`` sends the rest.
        """

    @abstractmethod
    def delete(self, remote_id: str) -> None:
        """Take the message down; one that is already gone is no error. Raises ``ProviderError``.

        Doing it twice is harmless, so a call without an answer is ``Failure.TEMPORARY`` here.
        """

    @abstractmethod
    def fetch_metrics(self, remote_ids: Sequence[str]) -> dict[str, dict[str, int]]:
        """Figures by remote id and metric name. A message that is gone is left out: missing is not zero."""
