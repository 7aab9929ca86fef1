"""Words of the glossary where a text mentions them: the word, and a way to what it means."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from django.utils.html import format_html
from django.utils.translation import override

from core.tokens import Said
from support.models import GlossaryPage, GlossaryTerm


def glossary_address(language: str) -> str:
    """Where the glossary of ``language`` stands; empty when it is not online."""
    page = GlossaryPage.objects.live().public().filter(locale__language_code=language).first()
    return (page.url or "") if page else ""


def sorted_terms() -> list[GlossaryTerm]:
    """Every word with its countries, in the alphabet of the reader's language; two queries."""
    return sorted(GlossaryTerm.objects.prefetch_related("countries"), key=lambda term: _in_order(term.word))


def _in_order(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def fill_terms(keys: set[str], language: str) -> Mapping[str, Said]:
    """For ``core.tokens``. A link and a title need no script; a word that nobody explains stays a word."""
    address = glossary_address(language)
    with override(language):
        found = {term.key: _said(term, address) for term in GlossaryTerm.objects.filter(key__in=keys)}
    return {**{key: _unknown(key) for key in keys}, **found}


def _said(term: GlossaryTerm, address: str) -> Said:
    foreign = format_html(' lang="{}"', term.language) if term.is_foreign else ""
    if not address:
        return Said(term.word, format_html("<span{}>{}</span>", foreign, term.word))
    html = format_html(
        '<a class="term" href="{}#{}" title="{}"><span{}>{}</span></a>',
        address,
        term.anchor,
        term.explanation,
        foreign,
        term.word,
    )
    return Said(term.word, html)


def _unknown(key: str) -> Said:
    word = key.replace("_", " ")
    return Said(word, word)
