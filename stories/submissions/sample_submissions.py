"""Two submissions to try the queue with: fiction, and their texts say so."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from stories.consent.models import ConsentText
from stories.submissions.deciding import write
from stories.submissions.drafting import save_draft, send, start_draft
from stories.submissions.models import Submission

SAMPLES = Path(__file__).parent / "samples"


def load_submissions() -> list[Submission]:
    """Send those that were not sent before, and return them."""
    samples = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(SAMPLES.glob("*.toml"))]
    known = set(Submission.objects.values_list("reference", flat=True))
    return [_send(sample) for sample in samples if sample["reference"] not in known]


def _send(sample: dict[str, Any]) -> Submission:
    texts = ConsentText.objects.in_force(sample["language"])
    draft, __ = start_draft(sample["language"], sample.get("campaign", ""))
    began = timezone.now() - timedelta(days=sample["days_ago"], minutes=30)
    Submission.objects.filter(pk=draft.pk).update(reference=sample["reference"], created_at=began)
    ticks = {part: texts[part].pk for part in sample["ticks"]}
    draft = save_draft(draft, None, sample["answers"], ticks=ticks)
    send(draft)
    sent_at = timezone.now() - timedelta(days=sample["days_ago"])
    Submission.objects.filter(pk=draft.pk).update(sent_at=sent_at, told_at=sent_at)
    if "message" in sample:
        write(draft, sample["message"])
    draft.refresh_from_db()
    return draft
