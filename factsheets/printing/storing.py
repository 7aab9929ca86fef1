"""Which PDFs a sheet has, whether they still say what the page says, and making them anew."""

from __future__ import annotations

import hashlib
import json
from functools import cache, partial
from io import BytesIO
from itertools import permutations
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import override
from pypdf import PdfReader

from core.tokens import filled_html, tokens_in
from factsheets.countries import Country, Situation
from factsheets.models import Audience, FactsheetPage, PrintedSheet, PrintKind
from factsheets.presenting import first_by_country, standing_of
from factsheets.printing.document import Order, SheetDocument
from factsheets.printing.referral import referral_values
from factsheets.printing.typesetting import FONTS, HERE, typeset
from factsheets.refreshing import fingerprint
from factsheets.usage import facts_of

FROM_THE_DIRECTORY = ("glossary_term", "service", "help_lines")
DEFAULT_ORDER: Order = tuple(Country)
SIZES = (10.0, 9.8, 9.6, 9.4)  # points, of running text: what saves a page with a few lines on it
LITTLE = 12_000  # bytes that draw a page, head and foot included: with fewer it has some ten lines of text
REFERRAL_SIZES = (9.5, 9.0, 8.5, 8.0)


def orders_of(page: FactsheetPage) -> list[Order]:
    """Every order of the three countries, for a sheet that speaks of them one by one."""
    return list(permutations(Country)) if first_by_country(page.body) else [DEFAULT_ORDER]


def order_for(page: FactsheetPage, situation: Situation) -> Order:
    """The order a reader in this situation needs, among those the sheet is printed in."""
    wanted = tuple(situation.countries)
    return wanted if wanted in orders_of(page) else DEFAULT_ORDER


def kinds_of(page: FactsheetPage) -> list[PrintKind]:
    professional = page.audience == Audience.PROFESSIONAL
    return [PrintKind.SHEET, PrintKind.REFERRAL] if professional else [PrintKind.SHEET]


def says(page: FactsheetPage) -> str:
    """Changes whenever a PDF made now would differ: text, facts, review, address, or the way we print."""
    standing = standing_of(page)
    parts = [
        page.live_revision_id,
        page.last_published_at,
        page.full_url,
        # Sorted: PostgreSQL keeps the parts of a block in an order of its own until the block is opened.
        sorted(fingerprint(fact) for fact in facts_of(page)),
        standing.review.pk if standing.review else None,
        standing.next_review_on,
        standing.overdue,
        [str(change) for change in standing.missing_changes],
        _from_the_directory(page),
        _manner(),
    ]
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()


def _from_the_directory(page: FactsheetPage) -> list[str]:
    """What words of the glossary, services and help lines say on this sheet today."""
    language = page.locale.language_code
    words = sorted(key for kind, key in tokens_in(page.to_json()) if kind == "term")
    kept_there = [block for block in page.body if block.block_type in FROM_THE_DIRECTORY]
    with override(language):
        blocks = [block.render(context={"page": page, "in_print": True}) for block in kept_there]
    return [filled_html("".join(f"{{term:{key}}}" for key in words), language), *blocks]


@cache
def _manner() -> str:
    """How we print: templates and typefaces of this version of the software."""
    files = sorted([*HERE.glob("*.typ"), *HERE.glob("*.py"), *Path(FONTS).glob("*.ttf")])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def current_print(page: FactsheetPage, kind: PrintKind, order: Order) -> PrintedSheet | None:
    """The PDF that says what the page says today, or nothing: a stale one is never handed out."""
    name = "-".join(order)
    return PrintedSheet.objects.filter(page=page, kind=kind, order=name, says=says(page)).first()


def is_printed(page: FactsheetPage) -> bool:
    wanted = len(orders_of(page)) * len(kinds_of(page))
    return PrintedSheet.objects.filter(page=page, says=says(page)).count() >= wanted


def print_sheet(page_id: int) -> int:
    """Make every PDF of a sheet that is online, and drop those of one that is not. Answers how many there are."""
    page = FactsheetPage.objects.live().filter(pk=page_id).first()
    if page is None or not page.full_url:
        drop_prints(PrintedSheet.objects.filter(page_id=page_id))
        return 0
    now = says(page)
    made = [_print(page, kind, order, now) for kind in kinds_of(page) for order in orders_of(page)]
    drop_prints(PrintedSheet.objects.filter(page=page).exclude(pk__in=made))
    return len(made)


def _print(page: FactsheetPage, kind: PrintKind, order: Order, now: str) -> int:
    """The PDF as it is, when it says what the page says ``now``; else made anew."""
    name = "-".join(order)
    printed = PrintedSheet.objects.filter(page=page, kind=kind, order=name).first() or PrintedSheet(
        page=page, kind=kind, order=name
    )
    if printed.pk and printed.says == now and printed.is_there:
        return printed.pk
    document = SheetDocument(page, order)
    values = document.values()
    content = (
        on_one_page(page, values) if kind == PrintKind.REFERRAL else on_few_pages(values, document.pictures)
    )
    old = printed.file.name
    printed.says, printed.pages = now, page_count(content)
    printed.file.save("sheet.pdf", ContentFile(content), save=False)
    printed.save()
    if old:
        transaction.on_commit(lambda: printed.file.storage.delete(old))
    return printed.pk


def on_few_pages(values: dict[str, Any], pictures: dict[str, Any]) -> bytes:
    """In the largest type, unless a hardly smaller one saves a last page with little on it."""
    content = typeset({**values, "size": SIZES[0]}, pictures)
    pages = PdfReader(BytesIO(content)).pages
    if len(pages) == 1 or len(pages[-1].get_contents().get_data()) > LITTLE:  # type: ignore[union-attr]
        return content
    for size in SIZES[1:]:
        smaller = typeset({**values, "size": size}, pictures)
        if page_count(smaller) < len(pages):
            return smaller
    return content


def on_one_page(page: FactsheetPage, values: dict[str, Any]) -> bytes:
    """The same words in smaller type until they fit on one page; never smaller than can be read."""
    content = b""
    for size in REFERRAL_SIZES:
        content = typeset(referral_values(page, values, size))
        if page_count(content) == 1:
            break
    return content


def page_count(content: bytes) -> int:
    return len(PdfReader(BytesIO(content)).pages)


def drop_prints(prints: Any) -> None:
    for printed in prints:
        storage, name = printed.file.storage, printed.file.name
        printed.delete()
        transaction.on_commit(partial(storage.delete, name))


def stale_sheets() -> list[int]:
    """Sheets that are online and whose PDFs are missing or say something else."""
    return [page.pk for page in FactsheetPage.objects.live() if not is_printed(page)]
