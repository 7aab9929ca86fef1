"""Thousands of live stories in a few seconds, as plain rows: for measuring, not for reading."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle, islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page

from core.regions import Region
from stories.models import Barrier, StoryBarrier, StoryIndexPage, StoryPage, StoryPlace, StoryTheme, Theme
from stories.models.pages import LifePhase, Medium
from stories.regions import COUNTRY_OF_REGION, country_code

BATCH = 500
BODY = '[{"type": "text", "value": "<p>%s</p>", "id": "b1f0d7f2-0000-4000-8000-000000000001"}]'


@transaction.atomic
def make_many_stories(number: int, language: str = "nl") -> None:
    """Add ``number`` stories to the list of one language, with regions, barriers and themes in turn."""
    index = StoryIndexPage.objects.get(locale__language_code=language)
    first = index.numchild
    pages = [_page(index, first + count, number) for count in range(number)]
    Page.objects.bulk_create(pages, batch_size=BATCH)
    Page.objects.filter(pk=index.pk).update(numchild=first + number)
    stories = [_story(page, count) for count, page in enumerate(pages)]
    _insert(stories)
    _add_rows(stories)


def _page(index: StoryIndexPage, count: int, number: int) -> Page:
    return Page(
        path=Page._get_path(index.path, index.depth + 1, count + 1),
        depth=index.depth + 1,
        title=f"Verhaal {count}",
        draft_title=f"Verhaal {count}",
        slug=f"veel-{count}",
        url_path=f"{index.url_path}veel-{count}/",
        content_type=ContentType.objects.get_for_model(StoryPage),
        locale_id=index.locale_id,
        live=True,
        first_published_at=timezone.now() - timedelta(minutes=number - count),
    )


def _story(page: Page, count: int) -> StoryPage:
    regions = list(Region)
    lived, cared = regions[count % len(regions)], regions[(count // 2 + 5) % len(regions)]
    story = StoryPage(page_ptr_id=page.pk, pk=page.pk, title=page.title)
    story.is_example = True
    story.summary, story.teller, story.reading_minutes = "Over de grens en terug.", "Mila", 4
    story.life_phase = list(LifePhase)[count % len(LifePhase)].value
    story.medium = list(Medium)[count % 7 % len(Medium)].value
    story.countries = country_code([COUNTRY_OF_REGION[lived], COUNTRY_OF_REGION[cared]])
    story.body = BODY % ("Iedere ochtend fietst ze over de grens. " * 30)
    story.regions_in_turn = (lived, cared)
    return story


def _insert(stories: list[StoryPage]) -> None:
    """Django refuses to bulk-create rows of a table that belongs to another table's rows."""
    fields = StoryPage._meta.local_concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(StoryPage._meta.db_table)
    rows: list[list[Any]] = [
        [field.get_db_prep_save(getattr(story, field.attname), connection) for field in fields]
        for story in stories
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)


def _add_rows(stories: list[StoryPage]) -> None:
    barriers, themes = cycle(Barrier.objects.all()), cycle(Theme.objects.all())
    StoryPlace.objects.bulk_create(
        [
            StoryPlace(story_id=story.pk, use=use, region=region)
            for story in stories
            for use, region in zip(("lived", "cared"), story.regions_in_turn, strict=True)
        ],
        batch_size=BATCH,
    )
    StoryBarrier.objects.bulk_create(
        [StoryBarrier(story_id=story.pk, barrier=each) for story in stories for each in islice(barriers, 2)],
        batch_size=BATCH,
    )
    StoryTheme.objects.bulk_create(
        [StoryTheme(content_object_id=story.pk, tag=each) for story in stories for each in islice(themes, 3)],
        batch_size=BATCH,
    )
