from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.images.tests.utils import get_test_image_file

from campaigns.providers import registry
from core.models import CustomImage, User
from tests.factories.campaigns import MemoryNetwork, MemoryProvider


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> MemoryNetwork:
    """The network in memory, empty and well-behaved, known under the name "memory"."""
    registry.providers()  # discovers the real ones first
    monkeypatch.setitem(registry._providers, "memory", MemoryProvider)
    monkeypatch.setattr(MemoryProvider, "network", MemoryNetwork())
    return MemoryProvider.network


@pytest.fixture
def browser_of(db: None) -> Callable[..., Client]:
    """A browser in which somebody of these groups is signed in, with the admin in Dutch."""

    def sign_in(*groups: str, email: str = "") -> Client:
        name = email or f"{'-'.join(groups) or 'nobody'}@example.org".lower().replace(" ", "-")
        user, __ = User.objects.get_or_create(email=name)
        user.groups.set(Group.objects.filter(name__in=groups))
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def staff(browser_of: Callable[..., Client]) -> Client:
    return browser_of("Campaign staff")


@pytest.fixture
def picture(db: None, settings: Any, tmp_path: Path) -> CustomImage:
    """A small picture in the library."""
    settings.MEDIA_ROOT = tmp_path
    return CustomImage.objects.create(title="Brug", file=get_test_image_file())
