"""What a teller holds in hand after a withdrawal: what went, where and when, and what is still to be done."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from core.sharing import Trace, traces_asked
from stories.consent.models import Step, Withdrawal
from stories.models import StoryPage

SALT = "stories.consent.proof"

# Sentences with a count, for the reports of steps.
COUNTED = {
    "versions": ngettext_lazy("%d saved version", "%d saved versions"),
    "comments": ngettext_lazy("%d comment", "%d comments"),
    "texts": ngettext_lazy("%d translated text", "%d translated texts"),
    "pages": ngettext_lazy("%d page", "%d pages"),
    "images": ngettext_lazy("%d picture", "%d pictures"),
    "documents": ngettext_lazy("%d document or recording", "%d documents or recordings"),
    "remarks": ngettext_lazy("%d remark", "%d remarks"),
}


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One thing that was to go. ``done_at`` is None while it is still to be done; ``detail`` says more."""

    what: str
    done_at: datetime | None
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """``open`` is what is still to be done; the proof is final when there is nothing."""

    reference: str
    withdrawn_at: datetime
    done: list[ProofLine]
    open: list[ProofLine]

    @property
    def is_final(self) -> bool:
        return not self.open


def proof_of(withdrawal: Withdrawal) -> Proof:
    """The proof as it stands now, in the active language."""
    lines = [*_steps(withdrawal), *(_of_trace(trace) for trace in _traces(withdrawal))]
    return Proof(
        reference=str(withdrawal.reference),
        withdrawn_at=withdrawal.requested_at,
        done=[line for line in lines if line.done_at],
        open=[line for line in lines if not line.done_at],
    )


def _steps(withdrawal: Withdrawal) -> list[ProofLine]:
    noted = {step.name: step for step in withdrawal.steps.all()}
    lines = []
    for step in Step:
        done = noted.get(step.value)
        lines.append(
            ProofLine(
                what=str(step.label),
                done_at=done.finished_at if done else None,
                detail=_counts(done.report) if done else _("This happens by itself within minutes."),
            )
        )
        lines += _kept(done.report) if done else []
    return lines


def _counts(report: dict[str, Any]) -> str:
    counted = [str(COUNTED[name] % count) for name, count in report.items() if name in COUNTED and count]
    languages = dict(settings.LANGUAGES)
    return ", ".join([*(languages[code] for code in report.get("languages", [])), *counted])


def _kept(report: dict[str, Any]) -> list[ProofLine]:
    """Files that another page uses too: somebody has to look whether they show the teller."""
    kept = len(report.get("kept_images", [])) + len(report.get("kept_documents", []))
    if not kept:
        return []
    what = ngettext(
        "%d file is also used elsewhere on the site and was kept. An officer checks whether it shows you.",
        "%d files are also used elsewhere on the site and were kept. An officer checks whether they show you.",
        kept,
    )
    return [ProofLine(what=what % kept, done_at=None)]


def _traces(withdrawal: Withdrawal) -> list[Trace]:
    answers = traces_asked.send(sender=StoryPage, withdrawal=withdrawal.reference)
    return [trace for __, traces in answers for trace in cast("list[Trace]", traces or [])]


def _of_trace(trace: Trace) -> ProofLine:
    what = _("Message on %(place)s") % {"place": trace.place}
    return ProofLine(what=what, done_at=trace.removed_at, detail=str(trace.to_do), url=trace.url)


def signed_proof(withdrawal: Withdrawal) -> str:
    """The proof as JSON, with a seal that ``manage.py verify_proof`` checks: nobody can write one for us."""
    proof = proof_of(withdrawal)
    content = {
        "site": settings.WAGTAILADMIN_BASE_URL,
        "reference": proof.reference,
        "withdrawn_at": proof.withdrawn_at.isoformat(),
        "done": [_as_json(line) for line in proof.done],
        "open": [_as_json(line) for line in proof.open],
    }
    return json.dumps({**content, "seal": _seal(content)}, indent=2, ensure_ascii=False)


def is_genuine(text: str) -> bool:
    """Whether this site wrote the proof, and nobody changed it since."""
    try:
        content = json.loads(text)
        seal = content.pop("seal")
        return Signer(salt=SALT).unsign(f"{_canonical(content)}:{seal}") == _canonical(content)
    except (ValueError, KeyError, TypeError, AttributeError, BadSignature):
        return False


def _seal(content: dict[str, Any]) -> str:
    return Signer(salt=SALT).signature(_canonical(content))


def _canonical(content: Any) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=True)


def _as_json(line: ProofLine) -> dict[str, Any]:
    values = {"what": line.what, "at": line.done_at.isoformat() if line.done_at else None}
    return {**values, "detail": line.detail, **({"url": line.url} if line.url else {})}
