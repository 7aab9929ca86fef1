from __future__ import annotations

from collections.abc import Generator

import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True)
def in_dutch() -> Generator[None]:
    """Sentences are compared: a request of an earlier test must not leave its language behind."""
    with override("nl"):
        yield
