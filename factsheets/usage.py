"""Which dated facts a text mentions, and an index of what mentions which fact."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from wagtail.fields import StreamField

from core.tokens import TOKEN
from factsheets.models.facts import Fact, today
from factsheets.models.usage import FactUsage
from factsheets.saying import SaidFact, fact_on, facts_by_key


def fact_keys_in(text: str) -> list[str]:
    """The keys of the facts that ``text`` mentions, each once, in the order of the text."""
    return list(dict.fromkeys(key for kind, key in TOKEN.findall(text) if kind == "fact"))


def facts_of(instance: Any) -> list[SaidFact]:
    """The facts that a page or a post mentions in any of its fields, as they are today, in the order of the text."""
    _open_blocks(instance)
    keys = fact_keys_in(instance.to_json())
    facts = facts_by_key(set(keys))
    return [fact_on(facts[key], today()) for key in keys if key in facts]


def _open_blocks(instance: models.Model) -> None:
    """Read every block once: what was never read is written in the order of keys that PostgreSQL's jsonb has chosen."""
    for field in instance._meta.get_fields():
        if isinstance(field, StreamField):
            list(getattr(instance, field.name))


def unknown_facts(text: str) -> list[str]:
    """The keys that ``text`` mentions and no fact has."""
    keys = fact_keys_in(text)
    known = set(Fact.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else set()
    return [key for key in keys if key not in known]


def index_usage(instance: Any) -> None:
    """Note what ``instance`` mentions now: online, and in its newest draft when that differs."""
    live = fact_keys_in(instance.to_json()) if instance.live else []
    revision = instance.latest_revision
    draft = fact_keys_in(json.dumps(revision.content, cls=DjangoJSONEncoder)) if revision else []
    facts = {fact.key: fact for fact in Fact.objects.filter(key__in={*live, *draft})}
    wanted = {(facts[key].pk, True) for key in live if key in facts}
    wanted |= {(facts[key].pk, False) for key in draft if key in facts}
    with transaction.atomic():
        usages = usages_of(instance)
        known = {(usage.fact_id, usage.is_live): usage.pk for usage in usages}
        usages.filter(pk__in=[pk for pair, pk in known.items() if pair not in wanted]).delete()
        FactUsage.objects.bulk_create(
            [
                FactUsage(fact_id=fact, is_live=is_live, **_target_of(instance))
                for fact, is_live in wanted - set(known)
            ],
            ignore_conflicts=True,
        )


def forget_usage(instance: Any) -> None:
    usages_of(instance).delete()


def usages_of(instance: models.Model) -> models.QuerySet[FactUsage]:
    return FactUsage.objects.filter(**_target_of(instance))


def _target_of(instance: models.Model) -> dict[str, Any]:
    return {
        "content_type": ContentType.objects.get_for_model(instance, for_concrete_model=False),
        "object_id": str(instance.pk),
    }


def users_of(fact: Fact) -> list[Any]:
    """Everything that mentions the fact, online or in a draft, each once."""
    found = {}
    for usage in fact.usages.prefetch_related("content_object"):
        if usage.content_object is not None:
            found[usage.content_type_id, usage.object_id] = usage.content_object
    return list(found.values())
