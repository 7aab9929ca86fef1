"""Brings a changed fact to everything that mentions it.

What readers see is looked up as they read, so it is right at once. Search entries, PDFs and whatever others keep
are made again in the background. There is one way to notice a change, whether somebody typed a value or a period
began or ended at midnight: what a fact says today differs from what it said when everything was last made.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator

from django.db import transaction
from django.db.models import F, QuerySet
from wagtail.search import index

from core.tokens import token_changed
from factsheets.models import Fact, FactRefresh, FactsheetPage, FactUsage, ShownFact
from factsheets.models.facts import today
from factsheets.saying import SaidFact, fact_on

logger = logging.getLogger(__name__)


def fingerprint(said: SaidFact) -> str:
    """Changes when anything changes that readers are told about the fact."""
    period, fact = said.period, said.fact
    parts: list[object] = [fact.unit, fact.country, fact.label_nl, fact.label_de, fact.label_fr, said.state]
    if period:
        parts += [
            period.value, period.valid_from, period.valid_until, period.source, period.source_url,
            period.checked_on, period.note_nl, period.note_de, period.note_fr,
        ]  # fmt: skip
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()


def refresh_if_changed(fact_id: int) -> FactRefresh | None:
    """Start bringing the fact to its dependants, if it says something else than it did."""
    fact = Fact.objects.filter(pk=fact_id).prefetch_related("periods").first()
    if fact is None:
        return None
    says = fingerprint(fact_on(fact, today()))
    shown, is_new = ShownFact.objects.get_or_create(fact=fact, defaults={"fingerprint": says})
    if is_new or (shown.fingerprint == says and not _last_one_failed(fact)):
        return None
    # One of several workers that notice the same midnight wins.
    if not ShownFact.objects.filter(pk=shown.pk, fingerprint=shown.fingerprint).update(fingerprint=says):
        return None
    return start_refresh(fact) if fact.usages.exists() else None


def _last_one_failed(fact: Fact) -> bool:
    last = fact.refreshes.first()
    return bool(last and last.failed)


def dependants(fact: Fact) -> QuerySet[FactUsage, tuple[int, str]]:
    """Content type and key of whatever mentions it; what does so online and in its draft is one."""
    usages = fact.usages.order_by("content_type_id", "object_id")
    return usages.values_list("content_type_id", "object_id").distinct()


def start_refresh(fact: Fact) -> FactRefresh:
    """Only a row and one task: whoever saved the fact does not wait for the rest."""
    from factsheets.tasks import spread_refresh

    refresh = FactRefresh.objects.create(fact=fact, total=dependants(fact).count())
    transaction.on_commit(lambda: spread_refresh.enqueue(refresh.pk))
    token_changed.send(sender=Fact, kind="fact", key=fact.key)
    return refresh


def spread(refresh_id: int) -> int:
    """One task for each dependant, so that none waits for another and one that fails stops none."""
    from factsheets.tasks import refresh_dependant

    refresh = FactRefresh.objects.select_related("fact").get(pk=refresh_id)
    targets = list(dependants(refresh.fact))
    FactRefresh.objects.filter(pk=refresh_id).update(total=len(targets))
    for content_type_id, object_id in targets:
        refresh_dependant.enqueue(refresh_id, content_type_id, object_id)
    return len(targets)


def refresh_one(refresh_id: int, content_type_id: int, object_id: str) -> None:
    """Make anew what is kept of one dependant, and count it."""
    from django.contrib.contenttypes.models import ContentType

    try:
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        instance = model._default_manager.filter(pk=object_id).first() if model else None
        if instance is not None:
            _make_anew(instance)
    except Exception:
        logger.exception("Fact change %s could not reach %s %s", refresh_id, content_type_id, object_id)
        FactRefresh.objects.filter(pk=refresh_id).update(failed=F("failed") + 1)
        return
    FactRefresh.objects.filter(pk=refresh_id).update(done=F("done") + 1)


def _make_anew(instance: object) -> None:
    from factsheets.printing import storing

    if isinstance(instance, index.Indexed):
        index.insert_or_update_object(instance)
    if isinstance(instance, FactsheetPage):
        storing.print_sheet(instance.pk)


def changed_facts() -> Iterator[FactRefresh]:
    """Starts a refresh for every fact that says something else today: a period began or ended at midnight."""
    for fact in Fact.objects.select_related("shown").prefetch_related("periods"):
        shown = getattr(fact, "shown", None)
        changed = shown is None or shown.fingerprint != fingerprint(fact_on(fact, today()))
        if changed and (refresh := refresh_if_changed(fact.pk)):
            yield refresh
