"""Passages in, findings out."""

from __future__ import annotations

from collections.abc import Iterable

from core.safe_messaging.findings import Finding, Passage
from core.safe_messaging.lists import word_list
from core.safe_messaging.matching import Text
from core.safe_messaging.rules import RULES


def check_passages(passages: Iterable[Passage], language: str) -> list[Finding]:
    """What stands in the way first. Nothing for a language without a word list."""
    words = word_list(language)
    if words is None:
        return []
    texts = [Text(passage, words) for passage in passages if passage.text.strip()]
    findings = [finding for text in texts for rule in RULES for finding in rule(text)]
    return sorted(findings, key=lambda finding: not finding.blocks)


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.blocks]
