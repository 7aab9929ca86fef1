"""Which dated facts a text mentions."""

from __future__ import annotations

from typing import Any

from core.tokens import TOKEN
from factsheets.models.facts import today
from factsheets.saying import SaidFact, fact_on, facts_by_key


def fact_keys_in(text: str) -> list[str]:
    """The keys of the facts that ``text`` mentions, each once, in the order of the text."""
    return list(dict.fromkeys(key for kind, key in TOKEN.findall(text) if kind == "fact"))


def facts_of(instance: Any) -> list[SaidFact]:
    """The facts that a page or a post mentions in any of its fields, as they are today."""
    keys = fact_keys_in(instance.to_json())
    facts = facts_by_key(set(keys))
    return [fact_on(facts[key], today()) for key in keys if key in facts]
