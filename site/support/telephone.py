"""Telephone numbers: whether one can exist, and how it is dialled from another country."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

LONGEST_SHORT_NUMBER = 6
_SEPARATORS = re.compile(r"[\s().\-/\u00a0\u2011]")
# The numbering plans of all three countries keep these for callers inside the country.
NATIONAL_TYPES = {
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
}


@dataclass(frozen=True, slots=True)
class TelephoneNumber:
    """``dialled``: digits inside the country; ``e164``: from anywhere, empty for a short number."""

    dialled: str
    e164: str = ""
    national_only: bool = False  # may not be reached from abroad: short, free and premium numbers


def read_number(text: str, country: str) -> TelephoneNumber:
    """The number that ``text`` is when dialled in ``country`` ("ALL" counts as the Netherlands).

    Raises ``ValidationError`` when there can be no such number.
    """
    region = country if country in {"NL", "DE", "BE"} else "NL"
    digits = _SEPARATORS.sub("", text)
    try:
        number = phonenumbers.parse(digits, region)
    except NumberParseException as error:
        raise _no_number(text) from error
    if digits.isdigit() and len(digits) <= LONGEST_SHORT_NUMBER:
        # A short number is dialled as it stands, so it never begins with the 0 of a long one.
        if digits.startswith("0") or not phonenumbers.is_possible_short_number_for_region(number, region):
            raise _no_number(text)
        return TelephoneNumber(digits, national_only=True)
    if not phonenumbers.is_valid_number(number):
        raise _no_number(text)
    return TelephoneNumber(
        digits,
        phonenumbers.format_number(number, PhoneNumberFormat.E164),
        phonenumbers.number_type(number) in NATIONAL_TYPES,
    )


def said_internationally(e164: str) -> str:
    """``+31880767000`` as people write it: ``+31 88 076 7000``."""
    return phonenumbers.format_number(phonenumbers.parse(e164), PhoneNumberFormat.INTERNATIONAL)


def _no_number(text: str) -> ValidationError:
    message = _("“%(number)s” is no telephone number of this country. Write it as one dials it there.")
    return ValidationError(message % {"number": text}, code="telephone")
