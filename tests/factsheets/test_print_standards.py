"""The sample sheets on paper, checked with the tools that others check a PDF with, in three languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import time_machine
from django.db import transaction
from django.test import TestCase, override_settings

from factsheets.countries import Country
from factsheets.models import Audience, PrintedSheet, PrintKind
from factsheets.sample_sheets import draft_sheets, load_facts, load_sheets
from tests.factsheets.printed import (
    bookmarks_of,
    fonts_of,
    info_of,
    kinds_in,
    links_of,
    outside_the_structure,
    structure,
    tool,
)

pytestmark = [pytest.mark.django_db, pytest.mark.pdf_tools]

TITLES = {
    ("nl", "citizen"): "Hulp vinden voor uw mentale gezondheid, ook over de grens",
    ("de", "citizen"): "Hilfe für Ihre psychische Gesundheit finden, auch über die Grenze hinweg",
    ("fr", "citizen"): "Trouver de l’aide pour votre santé mentale, de part et d’autre de la frontière",
    ("nl", "professional"): "Verwijzen over de grens, met naasten en netwerk",
    ("de", "professional"): "Über die Grenze vermitteln, mit Angehörigen und Netzwerk",
    ("fr", "professional"): "Orienter de l’autre côté de la frontière, avec les proches et l’entourage",
}
SHEETS = [pytest.param(*which, id="-".join(which)) for which in TITLES]
MOST_PAGES = {"citizen": 3, "professional": 4}
LEAST_LINES_ON_THE_LAST_PAGE = 12


@pytest.fixture(scope="module")
def prints(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, ...], Path]:
    """Every file of the sample sheets as readers get them, by language, audience, kind and order. Made once."""
    folder = tmp_path_factory.mktemp("prints")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=folder),
        time_machine.travel("2026-11-21 12:00+01:00", tick=False),
        transaction.atomic(),
    ):
        load_facts()
        with TestCase.captureOnCommitCallbacks(execute=True):  # translations go online after the commit
            load_sheets(draft_sheets())
        found: dict[tuple[str, ...], Path] = {
            (one.page.locale.language_code, one.page.audience, one.kind, one.order): Path(one.file.path)
            for one in PrintedSheet.objects.select_related("page__locale")
        }
        transaction.set_rollback(True)
    return found


@pytest.fixture
def printed(prints: dict[tuple[str, ...], Path]) -> Callable[..., Path]:
    def file_of(
        language: str, audience: str, kind: str = PrintKind.SHEET, order: str = "-".join(Country)
    ) -> Path:
        return prints[language, audience, kind, order]

    return file_of


Print = Callable[..., Path]


@pytest.mark.parametrize(("language", "audience"), SHEETS)
def test_the_tools_find_a_sound_and_tagged_file_on_a4(printed: Print, language: str, audience: str) -> None:
    file = printed(language, audience)
    assert "No syntax or stream encoding errors found" in tool("qpdf", "--check", file)
    info = info_of(file)
    assert info["Title"] == TITLES[language, audience]
    assert info["Tagged"] == "yes"
    assert info["Page size"].endswith("(A4)")
    assert (info["Encrypted"], info["JavaScript"], info["Form"]) == ("no", "no", "none")
    assert int(info["Pages"]) <= MOST_PAGES[audience]


@pytest.mark.parametrize(("language", "audience"), SHEETS)
def test_it_says_of_itself_what_pdf_ua_asks(printed: Print, language: str, audience: str) -> None:
    with pikepdf.open(printed(language, audience)) as pdf:
        assert str(pdf.Root.Lang) == language
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == TITLES[language, audience]
            assert list(metadata["dc:language"]) == [language]
        assert [str(page.Tabs) for page in pdf.pages] == ["/S"] * len(pdf.pages)


@pytest.mark.parametrize(("language", "audience"), SHEETS)
def test_everything_painted_is_structure_or_decoration_in_letters_that_can_be_read(
    printed: Print, language: str, audience: str
) -> None:
    with pikepdf.open(printed(language, audience)) as pdf:
        assert [outside_the_structure(page) for page in pdf.pages] == [[]] * len(pdf.pages)
        fonts = fonts_of(pdf)
        assert fonts
        for font in fonts:
            assert "/ToUnicode" in font
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()), "it is embedded"


@pytest.mark.parametrize(("language", "audience"), SHEETS)
def test_headings_lists_and_bookmarks_lead_through_it(printed: Print, language: str, audience: str) -> None:
    with pikepdf.open(printed(language, audience)) as pdf:
        kinds = kinds_in(pdf)
        bookmarks = bookmarks_of(pdf)
    levels = [int(kind[2]) for kind in kinds if re.fullmatch(r"/H[1-6]", kind)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(next_one <= level + 1 for level, next_one in pairwise(levels))
    assert {"/P", "/L", "/LI", "/LBody", "/Link", "/Figure"} <= set(kinds)
    assert [depth for depth, __ in bookmarks] == levels
    assert bookmarks[0] == (1, TITLES[language, audience])


@pytest.mark.parametrize(("language", "audience"), SHEETS)
def test_pictures_have_words_and_links_say_where_they_lead(
    printed: Print, language: str, audience: str
) -> None:
    with pikepdf.open(printed(language, audience)) as pdf:
        tree = pdf.Root.StructTreeRoot
        figures = [element for element in structure(tree) if str(element.S) == "/Figure"]
        links = links_of(pdf)
        own = str(links[-1].A.URI)  # the last line of a sheet says where it is online
        assert f"/{language}/" in own
        assert [own in str(figure.Alt) for figure in figures] == [True]  # the QR code
        for link in links:
            assert re.match(r"https?://", str(link.A.URI))
            assert str(link.Contents)
            assert "/StructParent" in link


@pytest.mark.parametrize(("language", "audience"), SHEETS)
def test_no_page_is_nearly_empty_and_none_ends_in_half_a_word(
    printed: Print, language: str, audience: str
) -> None:
    for order in ("NL-DE-BE", "BE-DE-NL"):
        text = tool("pdftotext", "-enc", "UTF-8", "-layout", printed(language, audience, order=order), "-")
        pages = [
            [line for line in page.splitlines() if line.strip()]
            for page in text.removesuffix("\f").split("\f")
        ]
        assert min(len(lines) for lines in pages) >= LEAST_LINES_ON_THE_LAST_PAGE
        for lines in pages:
            assert not lines[-2].rstrip().endswith(("-", "\N{HYPHEN}")), "the last line is the foot"


@pytest.mark.parametrize("language", ["nl", "de", "fr"])
def test_the_referral_sheet_is_one_sound_page(printed: Print, language: str) -> None:
    file = printed(language, Audience.PROFESSIONAL, PrintKind.REFERRAL)
    assert "No syntax or stream encoding errors found" in tool("qpdf", "--check", file)
    info = info_of(file)
    assert (info["Pages"], info["Tagged"]) == ("1", "yes")
    assert info["Page size"].endswith("(A4)")
    assert TITLES[language, Audience.PROFESSIONAL] in info["Title"]
    with pikepdf.open(file) as pdf:
        assert str(pdf.Root.Lang) == language
        assert kinds_in(pdf).count("/H1") == 1
        assert outside_the_structure(pdf.pages[0]) == []


def test_the_checks_find_what_is_not_tagged(tmp_path: Path) -> None:
    """A file that anybody's printer driver could have written fails them."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.Contents = pdf.make_stream(b"0 0 10 10 re f")
        pdf.save(tmp_path / "bare.pdf")
        assert outside_the_structure(page) == ["f"]
    assert info_of(tmp_path / "bare.pdf")["Tagged"] == "no"
