"""Looking for hints: each kind is one function from a text to the words it found."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import phonenumbers
import regex
from django.utils.translation import gettext_lazy as _

from core.safe_messaging import Finding, Passage
from core.safe_messaging.pages import passages_of
from stories.network.names import WITH_INITIAL, WITH_TITLE, looks_like_full_name

WORDS: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "words.toml").read_text(encoding="utf-8")
)
COUNTRIES = ("NL", "DE", "BE")
LABELS = {"teller", "attribution", "people"}
"""Where a name stands by itself: there two capitals beside each other are enough."""


def _words(name: str) -> str:
    return "|".join(regex.escape(word) for word in sorted(WORDS[name], key=len, reverse=True))


EMAIL = regex.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
DATE = regex.compile(
    rf"(?<![\d./-])(?:\d{{1,2}}([./-])\d{{1,2}}\1\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|\d{{1,2}}(?:\.|er|e)?\s+(?:{_words('months')})\.?\s+\d{{4}})(?![\d])",
    regex.IGNORECASE,
)
HOUSE = regex.compile(
    rf"\b\p{{Lu}}\w*(?:{_words('streets')})\s+\d+(?:\s?[a-z])?\b|\b\p{{Lu}}[\w-]*\s(?:{_words('streets')})\s+\d+(?:\s?[a-z])?\b"
    rf"|\b(?i:{_words('streets_before')})\s+(?:d\w{{1,2}}[’'\s]\s?)?(?:l[ae]\s)?[\p{{Lu}}][\w’' -]{{1,40}}?,?\s\d+\b"
    rf"|\b\d+\s?(?:bis|ter)?,?\s+(?:{_words('streets_before')})\s+\w+"
)
POSTCODE = regex.compile(
    r"\b[1-9]\d{3}\s?(?!SA|SD|SS)[A-Z]{2}\b|\b(?:D|B|L)-\d{4,5}\b|\b\d{5}\s+\p{Lu}\p{Ll}+"
)
PLATE = regex.compile(
    r"\b(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\d)[A-Z0-9]{1,3}-[A-Z0-9]{2,3}-[A-Z0-9]{1,3}\b|\b[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}\s?\d{1,4}\b"
)
AGE = regex.compile(r"\b\d{2}[\s-]*(?:jaar|jarige?|Jahre?|jährige?[nrs]?|ans)\b", regex.IGNORECASE)
JOB = regex.compile(rf"\b(?:{_words('jobs')})\w*", regex.IGNORECASE)
PLACE = regex.compile(
    r"\b(?:in|uit|te|bij|aus|bei|à|de|d[’']|près de)\s+(?P<place>\p{Lu}[\p{L}-]{2,}(?:\s\p{Lu}\p{Ll}+)?)"
)


def _matches(pattern: Any) -> Callable[[str], Iterator[str]]:
    def find(text: str) -> Iterator[str]:
        for match in pattern.finditer(text):
            yield match[0]

    return find


def _telephones(text: str) -> Iterator[str]:
    found = {
        (match.start, match.raw_string)
        for country in COUNTRIES
        for match in phonenumbers.PhoneNumberMatcher(text, country)
    }
    for __, written in sorted(found):
        if not DATE.fullmatch(written):
            yield written


def _rare_together(text: str) -> Iterator[str]:
    """Work, a small place and an age in one paragraph."""
    age, job = AGE.search(text), JOB.search(text)
    places = [match["place"] for match in PLACE.finditer(text)]
    small = [place for place in places if place.split()[0].lower() not in WORDS["large"]]
    if age and job and small:
        yield f"{job[0]}, {small[0]}, {age[0]}"


def _names(text: str) -> Iterator[str]:
    for pattern in (WITH_TITLE, WITH_INITIAL):
        yield from (match[0] for match in pattern.finditer(text))


HINTS: tuple[tuple[str, Callable[[str], Iterator[str]], Any], ...] = (
    ("email", _matches(EMAIL), _("an e-mail address tells who somebody is.")),
    ("telephone", _telephones, _("a telephone number tells who somebody is.")),
    ("date", _matches(DATE), _("an exact date can be looked up. Write “that autumn”.")),
    ("address", _matches(HOUSE), _("a street with a number tells where somebody lives.")),
    ("postcode", _matches(POSTCODE), _("a postcode tells where somebody lives.")),
    ("plate", _matches(PLATE), _("a number plate tells whose car it is.")),
    ("name", _names, _("this looks like somebody’s name. Use a role or a pseudonym.")),
    (
        "rare",
        _rare_together,
        _("work, a small place and an age together can tell who it is. Leave one of them out."),
    ),
)


def hints_in(passage: Passage) -> Iterator[Finding]:
    for rule, find, reason in HINTS:
        for found in dict.fromkeys(find(passage.text)):
            yield Finding(passage, rule, found, reason)
    if passage.stands_in & LABELS and looks_like_full_name(passage.text):
        reason = _("this looks like a first and a last name. Use a role or a pseudonym.")
        yield Finding(passage, "name", passage.text, reason)


def hints_on(page: Any) -> list[Finding]:
    """Of every text but the address in the site, which repeats the title."""
    passages: Iterable[Passage] = passages_of(page)
    return [hint for passage in passages if passage.field != "slug" for hint in hints_in(passage)]
