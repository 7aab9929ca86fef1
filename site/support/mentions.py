"""Which pages and posts mention a word of the glossary: what is online, and the newest drafts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from wagtail.models import Revision
from wagtail.search import index


def users_of(key: str) -> list[Any]:
    """Each page, post or whatever has revisions, once; newest first."""
    found = {(type(one), one.pk): one for one in _mentioning(key)}
    return list(found.values())


def _mentioning(key: str) -> Iterator[Any]:
    # As a token in a text, or as the choice of a block, which stands in JSON within JSON.
    block = r'\\*"term\\*": *\\*"KEY\\*"'
    exactly = re.compile(rf"\{{term:KEY\}}|{block}".replace("KEY", re.escape(key)))
    candidates = (
        Revision.objects.annotate(text=Cast("content", TextField()))
        .filter(Q(text__contains=f"{{term:{key}}}") | Q(text__contains="glossary_term"))
        .order_by("-created_at", "-pk")
    )
    for revision in candidates.iterator():
        if not exactly.search(json.dumps(revision.content, cls=DjangoJSONEncoder)):
            continue
        user = revision.content_object
        if user is not None and revision.pk in (
            user.latest_revision_id,
            getattr(user, "live_revision_id", None),
        ):
            yield user


def index_anew(key: str) -> int:
    """What search keeps of them holds the word as it was. Answers how many there were."""
    users = users_of(key)
    for user in users:
        if isinstance(user, index.Indexed):
            index.insert_or_update_object(user)
    return len(users)
