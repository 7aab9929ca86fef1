from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from tests.stories.consent.conftest import private_places, read_in_dutch  # noqa: F401
from tests.stories.submissions.telling import Teller


@pytest.fixture(autouse=True)
def nobody_has_tried_before() -> None:
    """Rate limits count in the cache."""
    cache.clear()


@pytest.fixture
def teller(db: Any) -> Teller:
    """Somebody who has begun to tell."""
    return Teller.who_begins()
