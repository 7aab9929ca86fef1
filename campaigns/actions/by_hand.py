"""What people do where no network does it for us, and what they tell about it afterwards."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from campaigns.models import Metric, PlatformPost
from campaigns.states import Status

TOLD_BY_A_PERSON = "person"


@transaction.atomic
def note_published(platform_post: PlatformPost, url: str = "", reach: int | None = None) -> bool:
    """A person took the message to where it belongs. False when it was not waiting for that (any more)."""
    noted = PlatformPost.objects.filter(pk=platform_post.pk, status=Status.BY_HAND).update(
        status=Status.PUBLISHED,
        status_message={},
        remote_url=url,
        published_at=timezone.now(),
        metrics_due_at=None,
    )
    if noted and reach is not None:
        _keep_reach(platform_post, reach)
    return bool(noted)


def note_reach(platform_post: PlatformPost, reach: int) -> bool:
    """Store how many people a message reached, as somebody counted. False when it is not out."""
    if not PlatformPost.objects.filter(pk=platform_post.pk, status=Status.PUBLISHED).exists():
        return False
    _keep_reach(platform_post, reach)
    return True


def _keep_reach(platform_post: PlatformPost, reach: int) -> None:
    Metric.objects.create(
        platform_post=platform_post,
        name=Metric.Name.REACH,
        value=reach,
        source=TOLD_BY_A_PERSON,
        fetched_at=timezone.now(),
    )
