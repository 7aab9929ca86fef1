"""A story as it lives: in three languages, searched, listed, announced, commented; and a look into every corner."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from django.utils.translation import override
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Comment, Workflow

from campaigns.models import CampaignPage, PlatformPost
from campaigns.states import Status
from campaigns.ticking import tick as tick_campaigns
from core.models import CustomDocument, CustomImage
from core.translations import publish_translation
from core.translations.drafts import save_draft
from drieklank.models import HomePage
from stories.consent.models import ConsentRecord, Withdrawal
from stories.consent.ticking import tick
from stories.consent.versions import newest_content
from stories.models import StoryPage
from tests.factories.campaigns import CampaignFactory, SocialAccountFactory, scheduled
from tests.factories.consents import agree, approve, real_story, reload
from tests.factories.people import PersonFactory
from tests.factories.translations import enter, fill, send

SECRET = "Quisquilloenberg"
"""Stands in every text of the story, in every language, and nowhere else."""


@dataclass
class Told:
    """A story with its versions, and all the places where it can be met."""

    record: ConsentRecord
    versions: dict[str, StoryPage]
    places: list[str]
    files: set[str]

    @property
    def key(self) -> Any:
        return self.record.story_key

    @property
    def addresses(self) -> list[str]:
        return [page.url or "" for page in self.versions.values()]


def picture(name: str) -> CustomImage:
    file = BytesIO()
    Image.effect_noise((640, 480), 90).convert("RGB").save(file, "JPEG")
    return CustomImage.objects.create(title=f"{name} {SECRET}", file=ImageFile(file, f"{name}-{SECRET}.jpg"))


def tell(announcing: Callable[[StoryPage], str] | None = None) -> Told:
    """A life told in Dutch, German and French, announced on the site and beside it."""
    image, document = picture("heuvel"), recording()
    story = real_story(
        title=f"Het geheim van {SECRET}",
        teller=f"Teller {SECRET}",
        summary=f"Samenvatting {SECRET}.",
        share_text=f"Lees {SECRET}.",
        share_image=image,
        share_image_alt=f"De heuvel van {SECRET}",
        body=[
            {
                "type": "text",
                "value": f'<p>{SECRET} en <a linktype="document" id="{document.pk}">stem</a>.</p>',
            },
            {
                "type": "image",
                "value": {
                    "image": picture("binnen").pk,
                    "alt_text": SECRET,
                    "caption": SECRET,
                    "credit": SECRET,
                },
            },
        ],
    )
    record = agree(story)
    approve(record)
    newest_content(story).save_revision().publish()
    versions = {"nl": reload(story)}
    for language in ("de", "fr"):
        translation = send(versions["nl"], language)
        fill(translation)
        enter(translation, "slug", f"{SECRET}-{language}".lower())
        save_draft(translation, None)
        approve(record, language)
        versions[language] = reload(publish_translation(translation, None))
    discuss(versions["nl"])
    places = [(announcing or announce)(versions["nl"]), "/sitemap.xml"]
    places += [f"/{language}/search/?q=geheim" for language in versions]
    places += [page.get_parent().url for page in versions.values()]
    told = Told(record, versions, places, set())
    visit_everything(told, Client())  # makes the sizes of the pictures
    told.files = files_in_media()
    return told


def recording() -> CustomDocument:
    file = ContentFile(f"Een opname over {SECRET}.".encode(), f"stem-{SECRET}.txt")
    return CustomDocument.objects.create(title=f"Stem {SECRET}", file=file)


def discuss(page: StoryPage) -> None:
    """Drafts, comments, a workflow with a remark, log texts, an old address."""
    person = PersonFactory(group="Moderators")
    page.summary = f"Een andere samenvatting over {SECRET}."
    page.save_revision(user=person, log_action=True)
    Comment.objects.create(page=page, user=person, text=f"Is {SECRET} wel goed?", contentpath="title")
    state = Workflow.objects.first().start(page, person)
    state.current_task_state.task.specific.on_action(
        state.current_task_state, person, "reject", comment=f"Schrijf {SECRET} anders."
    )
    log(page, "wagtail.rename", data={"title": {"old": f"Oud {SECRET}", "new": SECRET}})
    Redirect.objects.create(old_path=f"/nl/levensverhalen/vroeger-{SECRET.lower()}", redirect_page=page)


BESIDE = (("website", False), ("memory", False), ("memory", True))
"""Where it is announced, and whether that is still to come."""


def announce(page: StoryPage, providers: tuple[tuple[str, bool], ...] = BESIDE) -> str:
    """Out on the site's updates and on a network; planned on another. Gives the address of the updates' feed."""
    campaign = CampaignFactory()
    updates = CampaignPage(title="Openhartig", campaign=campaign, locale=page.locale)
    HomePage.objects.get(locale=page.locale).add_child(instance=updates)
    out = {"status": Status.PUBLISHED, "remote_id": "at-the-network", "published_at": page.last_published_at}
    for provider, planned in providers:
        account = SocialAccountFactory(provider=provider)
        post = scheduled(
            account,
            campaign=campaign,
            page=page,
            text=f"Lees over {SECRET}!",
            image=page.share_image,
            image_alt=SECRET,
        )
        if not planned:
            PlatformPost.objects.filter(pk=post.pk).update(**out)
    return f"{updates.url}feed/"


# --- looking everywhere -----------------------------------------------------------------------------


def visit_everything(told: Told, client: Client) -> str:
    """All that a reader can be told: pages, lists, search, sitemap, feed."""
    bodies = []
    with override("nl"):  # a page in French leaves French behind
        for address in [*told.addresses, *told.places]:
            response = client.get(address)
            bodies.append(b"".join(response) if response.streaming else response.content)
    return b"\n".join(bodies).decode(errors="replace")


def tables_that_tell() -> list[str]:
    """Every table, those of the search index included, with a row that holds the word."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                if any(_tells(value) for value in row):
                    found.append(f"{table}: {row}"[:300])
                    break
    return found


def _tells(value: Any) -> bool:
    if isinstance(value, memoryview):
        value = bytes(value)
    text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
    return SECRET.lower() in text.lower()


def files_in_media() -> set[str]:
    """Digests of all files, and the names that tell."""
    found = set()
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        if path.is_file():
            found.add(hashlib.sha256(path.read_bytes()).hexdigest())
            if SECRET.lower() in path.name.lower():
                found.add(path.name)
    return found


def caches_tell() -> bool:
    """Whether the cache in memory holds the word."""
    entries = getattr(cache, "_cache", {})
    return any(SECRET.lower().encode() in bytes(value).lower() for value in entries.values())


def finish(told: Told) -> None:
    """What workers do in time: what was interrupted, then the networks."""
    Withdrawal.objects.update(lease_until=None)
    tick()
    PlatformPost.objects.update(nudged_at=None)
    tick_campaigns()
