"""What follows the source by itself: themes, images, addresses."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Page, get_page_models
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.views.edit_translation import TabHelper

from core.models import CustomImage
from core.translations import (
    publish_translation,
    update_from_source,
)
from core.translations.drafts import slug_from
from stories.models import StoryPage, Theme
from tests.core.translations.desk import republish
from tests.factories.pages import FactsheetPageFactory
from tests.factories.translations import enter, fill, send

pytestmark = pytest.mark.django_db


def test_tags_of_a_sheet_follow_the_source() -> None:
    sheet = FactsheetPageFactory()
    sheet.tags.add("huisarts", "grens")
    sheet.save_revision().publish()
    translation = send(sheet)
    fill(translation)
    assert set(publish_translation(translation, None).tags.names()) == {"huisarts", "grens"}
    sheet.tags.remove("grens")
    sheet.save_revision().publish()
    update_from_source(translation.source)
    assert set(publish_translation(translation, None).tags.names()) == {"huisarts"}


def test_themes_of_a_story_follow_the_source(story: Any) -> None:
    story.themes.add(*Theme.objects.filter(slug__in=["loneliness", "grief"]))
    story.save_revision().publish()
    translation = send(story)
    fill(translation)
    assert set(publish_translation(translation, None).themes.all()) == set(story.themes.all())
    story.themes.remove(Theme.objects.get(slug="loneliness").name)
    story.save_revision().publish()
    update_from_source(translation.source)
    assert [theme.slug for theme in publish_translation(translation, None).themes.all()] == ["grief"]


@pytest.mark.parametrize(
    ("title", "language", "slug"),
    [
        ("Über die Brücke", "de", "ueber-die-bruecke"),
        ("Große Schritte", "de", "grosse-schritte"),
        ("L’œuvre d’Inès", "fr", "l-oeuvre-d-ines"),
        ("???", "de", ""),
    ],
)
def test_an_address_is_made_from_the_title_of_its_language(title: str, language: str, slug: str) -> None:
    assert slug_from(title, language) == slug


def test_a_translated_title_brings_its_own_address(story: Any) -> None:
    translation = send(story)
    enter(translation, "title", "Milas Weg über die Grenze")
    fill_without_slug(translation)
    page = publish_translation(translation, None)
    assert page.url == "/de/lebensgeschichten/milas-weg-ueber-die-grenze/"


def fill_without_slug(translation: Translation) -> None:
    slug = translation.source.stringsegment_set.get(context__path="slug")
    fill(translation)
    StringTranslation.objects.filter(context=slug.context, locale=translation.target_locale).delete()


def test_every_text_of_every_page_type_can_be_reached_in_the_editor() -> None:
    """A text without a panel could not be translated, and its page never published."""
    for model in get_page_models():
        if model is Page:
            continue
        helper = TabHelper(model())
        for field in get_translatable_fields(model):
            if field.is_translated(model()):
                assert field.field_name in helper.field_tab_mapping, f"{model.__name__}.{field.field_name}"


def test_images_follow_the_source_and_alt_texts_are_translated(story: Any) -> None:
    file = BytesIO()
    Image.new("RGB", (4, 4)).save(file, "PNG")
    image = CustomImage.objects.create(title="brug", file=ImageFile(BytesIO(file.getvalue()), "brug.png"))
    republish(
        story,
        body=[("image", {"image": image, "alt_text": "Een brug", "caption": "", "credit": "Ans"})],
    )
    translation = send(story)
    fill(translation)
    block = StoryPage.objects.get(pk=story.pk).body[0]
    enter(translation, f"body.{block.id}.alt_text", "Eine Brücke")
    german = publish_translation(translation, None)
    assert german.body[0].value["image"] == image
    assert german.body[0].value["alt_text"] == "Eine Brücke"
