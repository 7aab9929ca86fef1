"""Values of dated facts, as they are kept and as each language says them."""

from __future__ import annotations

import re
from decimal import Decimal

from babel.numbers import format_decimal

NUMBER = r"\d{1,12}(?:\.\d{1,4})?"
VALUE = rf"^{NUMBER}(?:–{NUMBER})?\Z"
"""A number with a decimal point, or a range of two with an en dash."""

TYPED = r"^\s*\d{1,12}(?:[.,]\d{1,4})?(?:\s*[-‐‑–—]\s*\d{1,12}(?:[.,]\d{1,4})?)?\s*\Z"
"""The same as people type it: also with a comma, a hyphen, spaces around it."""

NO_BREAK = "\N{NO-BREAK SPACE}"


def normal_value(typed: str) -> str:
    """What somebody typed, as it is kept: ``2,50`` becomes ``2.50``, ``12 - 24`` becomes ``12–24``."""
    return re.sub(r"\s*[-‐‑–—]\s*", "–", typed.strip()).replace(",", ".")


def said_value(value: str, unit: str, language: str) -> str:
    """The value in the manner of the language.

    An amount has its currency sign (Dutch before it, German and French after it) and two decimals unless it is
    whole; any other unit is the bare number, since the text around it names what is counted.
    """
    said = "–".join(_said_number(number, unit, language[:2]) for number in value.split("–"))
    if unit == "EUR":
        return f"€{NO_BREAK}{said}" if language.startswith("nl") else f"{said}{NO_BREAK}€"
    if unit == "percent":
        return f"{said}%" if language.startswith("nl") else f"{said}{NO_BREAK}%"
    return said


def _said_number(number: str, unit: str, language: str) -> str:
    if not re.fullmatch(NUMBER, number):
        return number
    amount = Decimal(number)
    pattern = "#,##0.00" if unit == "EUR" and amount != int(amount) else "#,##0.####"
    return str(format_decimal(amount, pattern, locale=language))
