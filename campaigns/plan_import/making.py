"""From checked lines to drafts. Lines that say the same at the same time on several accounts become one post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from wagtail.models import Locale

from campaigns.models import Campaign, Post, PostTarget
from campaigns.plan_import.reading import PlannedLine


@transaction.atomic
def make_drafts(lines: Iterable[PlannedLine], campaign: Campaign, user: Any) -> int:
    """Make a draft of every line without problems; all or none. Returns how many posts there are now more."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    together: dict[Any, list[PlannedLine]] = defaultdict(list)
    for line in lines:
        if not line.problems:
            image = line.image.pk if line.image else None
            key = (line.planned_at, line.language, line.text, line.link, image, line.image_alt)
            together[key].append(line)
    for same in together.values():
        first = same[0]
        post = Post(
            campaign=campaign,
            locale=locales[first.language],
            text=first.text,
            link=first.link,
            image=first.image,
            image_alt=first.image_alt,
            planned_at=first.planned_at,
            live=False,
        )
        post.targets = [PostTarget(account=line.account) for line in same]
        post.save()
        post.save_revision(user=user, clean=False)
    return len(together)
