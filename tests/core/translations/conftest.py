from __future__ import annotations

from typing import Any

import pytest
from wagtail_localize.models import Translation

from core.translations import publish_translation
from core.translations.drafts import save_draft
from tests.factories.pages import StoryPageFactory
from tests.factories.people import PersonFactory
from tests.factories.translations import fill, send


@pytest.fixture
def story(db: None) -> Any:
    return StoryPageFactory(title="Het verhaal van Mila", slug="mila")


@pytest.fixture
def unfinished(story: Any) -> Translation:
    """A translation that lacks two texts, with a draft that fills the gaps in Dutch."""
    translation = send(story)
    fill(translation, leave=2)
    save_draft(translation, None)
    return translation


@pytest.fixture
def german(story: Any) -> Translation:
    """A translation that is online and up to date."""
    translation = send(story)
    fill(translation)
    publish_translation(translation, None)
    return translation


@pytest.fixture
def moderator(db: None) -> Any:
    return PersonFactory(group="Moderators")
