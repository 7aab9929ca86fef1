"""Pictures are ready before the first reader comes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
import wagtail_factories
from django.test import Client

from core.models import CustomImage, CustomRendition
from core.renditions import make_renditions
from tests.factories.pages import StoryPageFactory

pytestmark = pytest.mark.django_db

Callbacks = Callable[..., AbstractContextManager[Any]]


def test_the_first_visit_makes_no_sizes_of_a_picture(
    client: Client, django_capture_on_commit_callbacks: Callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        image = wagtail_factories.ImageFactory(file__width=1700, file__height=1100)
    story = StoryPageFactory(
        share_image=image,
        share_image_alt="Een heuvel",
        body=[{"type": "image", "value": {"image": image.pk, "alt_text": "Een heuvel"}}],
    )
    before = set(CustomRendition.objects.values_list("filter_spec", flat=True))
    html = client.get(story.url).content.decode()
    assert "width-1600" in html
    assert set(CustomRendition.objects.values_list("filter_spec", flat=True)) == before


def test_a_picture_deleted_meanwhile_is_no_fault() -> None:
    CustomImage.objects.all().delete()
    assert make_renditions.call(4711) == 0
