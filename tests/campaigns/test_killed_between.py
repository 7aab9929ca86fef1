"""A worker that dies between knowing that the network took a message and writing it on the row."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns.actions import publish_platform_post, publishing, reap_abandoned_posts
from campaigns.models import PlatformPost, PublishAttempt
from campaigns.states import Status
from tests.factories.campaigns import MemoryNetwork, SocialAccountFactory, scheduled

pytestmark = pytest.mark.django_db


class WorkerKilled(BaseException):
    """Stands for a kill: nothing after it runs."""


def die(*args: Any) -> Any:
    raise WorkerKilled


def killed_before_the_row_is_written(row: PlatformPost, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(publishing, "_record_published", die)
        with pytest.raises(WorkerKilled):
            publish_platform_post(row.pk)
    PlatformPost.objects.filter(pk=row.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    reap_abandoned_posts()


def test_after_sending_the_message_is_found_and_not_sent_again(
    network: MemoryNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = scheduled(SocialAccountFactory())
    killed_before_the_row_is_written(row, monkeypatch)

    assert publish_platform_post(row.pk) == Status.PUBLISHED
    assert network.stored == 1


def test_after_looking_it_up_neither(network: MemoryNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    row = scheduled(SocialAccountFactory())
    killed_before_the_row_is_written(row, monkeypatch)
    killed_before_the_row_is_written(row, monkeypatch)
    assert list(PublishAttempt.objects.values_list("kind", "outcome")) == [
        ("publish", "open"),  # the end of the attempt and the row are written together, or not at all
        ("look", "done"),
    ]

    assert publish_platform_post(row.pk) == Status.PUBLISHED
    assert network.stored == 1
