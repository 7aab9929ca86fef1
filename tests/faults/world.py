"""The accounts and messages of a run, the person who signs paused accounts in again, and the count at the end."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.files.images import ImageFile
from django.db import InterfaceError, OperationalError, connection, models
from django.db.models.functions import Mod
from django.utils import timezone
from PIL import Image
from wagtail.models import Locale

from campaigns.actions import request_removal
from campaigns.composing import short_address
from campaigns.models import Campaign, PlatformPost, Post, PostTarget, ShortUrl, SocialAccount
from campaigns.models.crops import Crop
from campaigns.models.short_urls import new_code
from campaigns.providers.base import Followups
from campaigns.states import Status
from core.models import CustomImage
from tests.fakes.accounts import credentials
from tests.fakes.server import FakeServer, Stored

if TYPE_CHECKING:
    from tests.faults.run import Outcome

BY_HAND = "manual"
NETWORKS = ("mastodon", "bluesky", "facebook", "instagram", "threads", "linkedin", "x", BY_HAND)
WITH_PICTURE = 4  # one in so many, beside all of Instagram's
TAKEN_DOWN = 10  # the same
AS_THREAD = 3  # the same, where the network has threads
ENDS = {Status.PUBLISHED, Status.REMOVED, Status.BY_HAND, Status.FAILED, Status.CANCELLED, Status.LATE}


@dataclass(frozen=True)
class Message:
    """``mark`` stands in the text and in no other message's; ``followups`` are texts that are in no other thread."""

    row: int
    network: str
    mark: str
    followups: tuple[str, ...] = ()


@contextmanager
def database_may_be_away() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError):
        connection.close()


def plan_messages(number: int, server: FakeServer, accounts_each: int) -> list[Message]:
    campaign = Campaign.objects.create(name="Storm", slug="storm")
    accounts = _accounts(server, accounts_each)
    image = _picture()
    locale = Locale.objects.get(language_code="nl")
    now = timezone.now()
    posts: list[Post] = [
        Post(campaign=campaign, locale=locale, text="", live=True, translation_key=uuid4())
        for __ in range(number)
    ]
    # Half of them say the very same words and differ by their link alone; the others have no link.
    for place, post in enumerate(posts):
        linked = place % 2 == 0
        post.text = (
            "Iedere ochtend fietst Mila over de grens." if linked else f"Bericht {place:06d} over de grens."
        )
        post.link = "https://drieklank.example/nl/verhalen/mila/" if linked else ""
    Post.objects.bulk_create(posts)
    rows = []
    for place, post in enumerate(posts):
        account = accounts[place % len(accounts)]
        has_threads = account.provider_class.capabilities.followups is Followups.THREAD
        pictured = account.provider == "instagram" or place % WITH_PICTURE == 0
        rows.append(
            PlatformPost(
                post=post,
                account=account,
                text=post.text,
                followups=_thread(place) if has_threads and place % AS_THREAD == 0 else [],
                image=image if pictured else None,
                image_alt="Een brug." if pictured else "",
                idempotency_key=account.provider_class.new_idempotency_key(now),
                dated_at=now,
                due_at=now,
                next_attempt_at=now,
                status=Status.SCHEDULED,
            )
        )
    PlatformPost.objects.bulk_create(rows)
    PostTarget.objects.bulk_create([PostTarget(post=row.post, account=row.account) for row in rows])
    return _with_links(rows)


def _thread(place: int) -> list[str]:
    return [f"En verder bij {place:06d}, deel {part}." for part in (2, 3)]


def _with_links(rows: list[PlatformPost]) -> list[Message]:
    messages, links = [], []
    for row in rows:
        mark = row.text
        if row.post.link:
            code = new_code()
            mark = short_address(code)
            parameters = f"utm_content={code}"
            links.append(ShortUrl(platform_post=row, code=code, address=row.post.link, parameters=parameters))
            if row.account.provider == "mastodon":  # takes whole links, known by the number of the post
                mark = f"utm_content=nl-{row.account_id}-{row.post_id}\n"
        messages.append(Message(row.pk, row.account.provider, mark, tuple(row.followups)))
    ShortUrl.objects.bulk_create(links)
    return messages


def _accounts(server: FakeServer, each: int) -> list[SocialAccount]:
    accounts = []
    for name in NETWORKS:
        for number in range(each):
            given, tokens = {}, {}
            if name == "bluesky":
                given = {"identifier": "limburg.test", "password": "app-word", "service": server.address}
            elif name != BY_HAND:
                given = credentials(name, server)
                tokens = {"access_token": given["access_token"], "refresh_token": "refresh-1"}
                fake = server.networks[name]
                fake.refreshable |= {fake.token: fake.token, "refresh-1": fake.token}
            accounts.append(
                SocialAccount.objects.create(
                    provider=name,
                    name=f"{name} {number}",
                    language="nl",
                    credentials=given,
                    session_tokens=tokens,
                )
            )
    return accounts


def _picture() -> CustomImage:
    file = BytesIO()
    Image.effect_mandelbrot((400, 320), (-2, -1.5, 1, 1.5), 60).convert("RGB").save(file, "JPEG")
    image = CustomImage.objects.create(title="brug", file=ImageFile(file, "brug.jpg"))
    image.get_rendition(Crop.WHOLE.filter)
    return image


def count_done() -> int:
    """How many have come to their end; those to be taken down only once they are."""
    waiting = PlatformPost.objects.filter(status=Status.PUBLISHED, removal_requested_at__isnull=False)
    return PlatformPost.objects.filter(status__in=ENDS).count() - waiting.count() - _to_take_down().count()


def _to_take_down() -> models.QuerySet[PlatformPost]:
    out = PlatformPost.objects.filter(status=Status.PUBLISHED, removal_requested_at=None)
    return out.annotate(rest=Mod("pk", TAKEN_DOWN)).filter(rest=0)


def be_the_person() -> None:
    """Sign paused accounts in again, and ask for some messages to be taken down."""
    now = timezone.now()
    paused = list(SocialAccount.objects.filter(state=SocialAccount.State.PAUSED).values_list("pk", flat=True))
    if paused:
        SocialAccount.objects.filter(pk__in=paused).update(state=SocialAccount.State.ACTIVE, state_message={})
    PlatformPost.objects.filter(
        account__state=SocialAccount.State.ACTIVE,
        status__in=[Status.SCHEDULED, Status.RETRYING, Status.UNKNOWN],
        next_attempt_at__gt=now + timedelta(seconds=5),
    ).update(next_attempt_at=now + timedelta(seconds=2), nudged_at=None)
    PlatformPost.objects.filter(
        status=Status.PUBLISHED,
        removal_requested_at__isnull=False,
        next_attempt_at__gt=now + timedelta(seconds=5),
    ).update(next_attempt_at=now + timedelta(seconds=2), nudged_at=None)
    for row in _to_take_down()[:50]:
        request_removal(row)


def judge(messages: list[Message], server: FakeServer, outcome: Outcome) -> None:
    """Compare what the rows say with what stands, or stood, on the networks."""
    rows = PlatformPost.objects.in_bulk()
    stood = {name: [_words(name, post) for post in fake.accepted] for name, fake in server.networks.items()}
    seen: dict[str, Counter[str]] = {name: _count(messages, name, texts) for name, texts in stood.items()}
    for message in messages:
        row = rows[message.row]
        outcome.states[row.status] += 1
        times = 0 if message.network == BY_HAND else seen[message.network][message.mark]
        parts = [seen[message.network][text] for text in message.followups]
        problem = _problem(row, message.network, [times, *parts])
        if problem:
            setattr(outcome, problem, getattr(outcome, problem) + 1)
            said = row.status_message.get("nl", "") if row.status_message else ""
            tries = " ".join(f"{a.started_at:%M:%S} {a.kind}={a.outcome}" for a in row.attempts.all())
            accepted = server.networks[message.network].accepted if message.network != BY_HAND else []
            there = [
                f"{post.created_at:%M:%S.%f}"
                for post in accepted
                if message.mark in _words(message.network, post)
            ]
            outcome.details.append(
                f"{problem}: {message.network} {row.status} {message.mark!r} {said} tried {tries}, there at {there}"
            )
        outcome.removed += row.status == Status.REMOVED


def _words(network: str, post: Stored) -> str:
    """A record on Bluesky may hold its link beside the text; LinkedIn's text is escaped."""
    return json.dumps(post.content) if network == "bluesky" else post.text.replace("\\", "") + "\n"


def _count(messages: list[Message], network: str, texts: list[str]) -> Counter[str]:
    """How often each mark stood on a network."""
    found: Counter[str] = Counter()
    joined = Counter(texts)
    for message in messages:
        if message.network == network:
            for mark in (message.mark, *message.followups):
                found[mark] = sum(number for text, number in joined.items() if mark in text)
    return found


def _problem(row: PlatformPost, network: str, times: list[int]) -> str:
    """What is wrong with a message whose parts stood on the network so many times each; "" when nothing is."""
    if max(times) > 1:
        return "doubled"
    if row.status not in ENDS or (row.status == Status.PUBLISHED and row.removal_requested_at):
        return "stuck"
    if network == BY_HAND:
        return "" if row.status == Status.BY_HAND else "lost"
    out = row.status in (Status.PUBLISHED, Status.REMOVED)
    return "" if out and min(times) == 1 else "lost"
