from __future__ import annotations

from collections.abc import Generator

import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True)
def in_dutch() -> Generator[None]:
    with override("nl"):
        yield
