"""Giving a post another time, so that every place that knows it agrees: the rows, the post and its latest revision.

Without the latter the next approval would bring the old time back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from campaigns.actions import plan_again
from campaigns.models import PlatformPost, Post, PostTarget


def is_locked_for(post: Post, user: Any) -> bool:
    """Whether somebody else holds the post, in the editor or in the approval."""
    lock = post.get_lock()
    return bool(lock and lock.for_user(user))


@transaction.atomic
def move_platform_posts(rows: Sequence[PlatformPost], moment: datetime, user: Any) -> list[PlatformPost]:
    """Plan these messages of one post at ``moment``. Returns those that could still be moved."""
    moved = [row for row in rows if plan_again(row, moment)]
    if moved:
        keep_time(Post.objects.get(pk=moved[0].post_id), {row.account_id for row in moved}, moment, user)
    return moved


@transaction.atomic
def move_draft(post: Post, moment: datetime, user: Any) -> None:
    """Change the hoped-for time of a post that nobody approved yet; a revision by ``user`` tells of it."""
    draft = post.get_latest_revision_as_object()
    draft.planned_at = moment
    draft.save_revision(user=user, clean=False)
    Post.objects.filter(pk=post.pk).update(planned_at=moment)


def keep_time(post: Post, accounts: set[int], moment: datetime, user: Any) -> None:
    """Let the post itself know that on these accounts it now goes out at ``moment``."""
    draft = post.get_latest_revision_as_object()
    was_complete = not post.has_unpublished_changes
    targets = list(draft.targets.all())
    if {target.account_id for target in targets} <= accounts:
        draft.planned_at = moment
        Post.objects.filter(pk=post.pk).update(planned_at=moment)
        moment_on_target = None
    else:
        moment_on_target = moment
    for target in targets:
        if target.account_id in accounts:
            target.planned_at = moment_on_target
    draft.targets = targets
    PostTarget.objects.filter(post=post.pk, account__in=accounts).update(planned_at=moment_on_target)
    revision = draft.save_revision(user=user, clean=False)
    if was_complete:  # a new time is no new text: nothing waits for approval because of it
        Post.objects.filter(pk=post.pk).update(live_revision=revision, has_unpublished_changes=False)
