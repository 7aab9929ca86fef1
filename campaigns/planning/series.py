"""The same post again: every so many weeks or months, until a day. Each copy is a draft that is approved by itself."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

from django.db import transaction

from campaigns.models import Post, SocialAccount

Unit = Literal["week", "month"]
MOST = 60  # copies of one post

# What belongs to one post alone. Everything else is copied, whatever fields a post may get.
NOT_COPIED: dict[str, Any] = {
    "pk": None,
    "latest_revision": None,
    "live_revision": None,
    "live": False,
    "has_unpublished_changes": False,
    "first_published_at": None,
    "last_published_at": None,
    "go_live_at": None,
    "expire_at": None,
    "expired": False,
    "locked": False,
    "locked_at": None,
    "locked_by": None,
}


def series_times(first: datetime, every: int, unit: Unit, until: date) -> list[datetime]:
    """Times on the wall after ``first``, up to and including the day ``until``, ``MOST`` at most.

    Months count from the first time: from the 31st on it is the last day of shorter months, and the 31st again after.
    """
    times: list[datetime] = []
    for number in range(1, MOST + 1):
        if unit == "week":
            moment = first + timedelta(weeks=every * number)
        else:
            months = first.year * 12 + first.month - 1 + every * number
            year, month = divmod(months, 12)
            last_day = monthrange(year, month + 1)[1]
            moment = first.replace(year=year, month=month + 1, day=min(first.day, last_day))
        if moment.date() > until:
            break
        times.append(moment)
    return times


def copy_post(
    post: Post, planned_at: datetime, translation_key: Any, user: Any, only_to: SocialAccount | None = None
) -> Post:
    """A draft that says what ``post`` says at another time; ``only_to`` leaves its other accounts out."""
    data: dict[str, Any] = {
        **post.serializable_data(),
        **NOT_COPIED,
        "planned_at": planned_at,
        "translation_key": str(translation_key),
    }
    if only_to is not None:
        data["targets"] = [child for child in data["targets"] if child["account"] == only_to.pk]
    for child in data.get("targets", []):
        child["pk"], child["planned_at"] = None, None
    for name, children in data.items():
        if name != "targets" and isinstance(children, list):
            for child in children:
                if isinstance(child, dict):
                    child["pk"] = None
    copy: Post = Post.from_serializable_data(data)
    copy.pk = None
    copy.save()
    copy.save_revision(user=user, clean=False)
    return copy


@transaction.atomic
def make_series(post: Post, times: list[datetime], user: Any, *, with_versions: bool) -> int:
    """A draft at each of these moments; with its versions in other languages, if asked. Returns how many."""
    versions = list(post.get_translations(inclusive=True)) if with_versions else [post]
    versions = [version for version in versions if version.erased_at is None and version.withdrawal is None]
    for moment in times:
        key = uuid4()
        for version in versions:
            copy_post(version.get_latest_revision_as_object(), moment, key, user)
    return len(times) * len(versions)
