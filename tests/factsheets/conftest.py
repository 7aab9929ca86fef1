from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from core.models import User


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("owner@example.org", "drie-talen-een-klank", first_name="Olga")


@pytest.fixture
def admin(db: None) -> Client:
    """Somebody signed in who may do everything."""
    client = Client()
    client.force_login(User.objects.create_superuser("ada@example.org", first_name="Ada", last_name="Smits"))
    return client


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    """What waits for the end of the transaction happens at the end of the block: ``with commit(): …``."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets go online without their PDFs: making those takes longest, and tests of their own look at them."""
    monkeypatch.setattr("factsheets.signals.print_sheet", SimpleNamespace(enqueue=lambda page_id: None))
