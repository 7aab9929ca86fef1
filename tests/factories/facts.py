"""Dated facts, with the periods a test names."""

from __future__ import annotations

from datetime import date
from typing import Any

from factsheets.models import Fact, FactPeriod


def make_fact(key: str = "own_risk_nl", *, unit: str = "EUR", owner: Any = None, **periods: Any) -> Fact:
    """A fact with one value. ``until`` and ``since`` are days, empty for open."""
    fact = Fact(
        key=key, country="NL", unit=unit, owner=owner,
        label_nl="Eigen risico", label_de="Selbstbehalt", label_fr="Franchise",
    )  # fmt: skip
    fact.periods.add(make_period(**periods))
    fact.save()
    return fact


def make_period(
    value: str = "385", since: date | None = None, until: date | None = None, **fields: Any
) -> FactPeriod:
    return FactPeriod(
        **{
            "value": value,
            "valid_from": since,
            "valid_until": until,
            "certainty": "verified",
            "source": "Rijksoverheid",
            **fields,
        }
    )


def add_period(fact: Fact, **fields: Any) -> None:
    fact.periods.add(make_period(**fields))
    fact.save()
