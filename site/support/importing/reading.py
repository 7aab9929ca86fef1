"""A file as rows of text: whatever spreadsheet program wrote it, in whatever encoding and with whatever delimiter."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from io import StringIO

from django.utils.translation import gettext as _

LARGEST_FILE = 5 * 1024 * 1024  # bytes
MOST_ROWS = 5000
DELIMITERS = (";", ",", "\t")

_ZIP = b"PK\x03\x04"  # the first bytes of an .xlsx or .ods file
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITER_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)  # what Excel reads and writes above a table
# What a spreadsheet takes for a formula, and the same behind the apostrophes that keep it from doing so.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


class UnreadableFile(ValueError):
    """Nothing of the file can be used; the message is one sentence for the person who chose it."""


@dataclass(frozen=True, slots=True)
class Row:
    """``line``: the line of the file it begins on, counted from 1. ``fault`` says why its cells fit no heading."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    columns: list[str]
    rows: list[Row]
    unknown: list[str] = field(
        default_factory=list
    )  # headings that are no column of ours: their cells are left out


def decode(content: bytes) -> str:
    """The text of a file. Without a byte order mark it is UTF-8, UTF-16 when every other byte is zero, or Windows-1252.

    Raises ``UnreadableFile``.
    """
    if len(content) > LARGEST_FILE:
        size = _("The file is larger than %(size)d MB. Please split it and bring the parts in one by one.")
        raise UnreadableFile(size % {"size": LARGEST_FILE // 1024**2})
    if content.startswith(_ZIP):
        raise UnreadableFile(
            _("This is a spreadsheet, not a CSV file. Save it as “CSV UTF-8” in your spreadsheet program.")
        )
    for encoding in _encodings_of(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableFile(
        _("This file holds no text that can be read. Save it as “CSV UTF-8” in your spreadsheet program.")
    )


def _encodings_of(content: bytes) -> tuple[str, ...]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return (encoding,)
    start = content[:200]
    zeros = start.count(0)
    if zeros and zeros >= len(start) // 3:
        return ("utf-16-be",) if start[0] == 0 else ("utf-16-le",)
    return ("utf-8", "cp1252")


def read_table(text: str, known: Collection[str], needed: Collection[str]) -> Table:
    """The rows of ``text`` by the names of their columns. Raises ``UnreadableFile``."""
    text = text.removeprefix("\ufeff")  # a byte order mark that came as text
    marked = _DELIMITER_LINE.match(text)
    skipped = 1 if marked else 0
    body = text[marked.end() :] if marked else text
    first_line = next((line for line in body.splitlines() if line.strip()), "")
    delimiter = marked[1] if marked else _delimiter_of(first_line, known)
    records = _records(body, delimiter, skipped)
    __, heading = next(records, (1, []))
    names = [cell.strip().lower() for cell in heading]
    missing = [name for name in needed if name not in names]
    if missing:
        words = _("The first line must name the columns, and these are missing: %(names)s.")
        raise UnreadableFile(words % {"names": ", ".join(missing)})
    twice = sorted({name for name in names if name in known and names.count(name) > 1})
    if twice:
        raise UnreadableFile(
            _("The first line names a column twice: %(names)s.") % {"names": ", ".join(twice)}
        )
    rows = [_row(line, names, record, known) for line, record in _at_most(MOST_ROWS, records)]
    if not rows:
        raise UnreadableFile(_("There is nothing in this file but its first line."))
    unknown = [name for name in names if name and name not in known]
    return Table([name for name in names if name in known], rows, unknown)


def _delimiter_of(first_line: str, known: Collection[str]) -> str:
    """The one that parts the heading into the most names we know."""

    def names_found(delimiter: str) -> int:
        cells = (cell.strip().strip('"').strip().lower() for cell in first_line.split(delimiter))
        return sum(cell in known for cell in cells)

    return max(DELIMITERS, key=names_found)


def _records(text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on; empty lines are left out."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    while True:
        begins = reader.line_num + 1 + skipped
        try:
            record = next(reader, None)
        except csv.Error as error:
            words = _(
                'From line %(line)d on the file cannot be read: a quotation mark (") is missing or one too many.'
            )
            raise UnreadableFile(words % {"line": begins}) from error
        if record is None:
            return
        if any(cell.strip() for cell in record):
            yield begins, record


def _at_most(number: int, records: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for count, record in enumerate(records, start=1):
        if count > number:
            words = _(
                "The file has more than %(number)d lines. Please split it and bring the parts in one by one."
            )
            raise UnreadableFile(words % {"number": number})
        yield record


def _row(line: int, names: list[str], record: list[str], known: Collection[str]) -> Row:
    # Some programs end every line with the delimiter.
    while len(record) > len(names) and not record[-1].strip():
        record = record[:-1]
    if len(record) != len(names):
        words = _("This line has %(cells)d cells, the first line has %(names)d.")
        return Row(line, fault=words % {"cells": len(record), "names": len(names)})
    cells = {name: plain(cell) for name, cell in zip(names, record, strict=True) if name in known}
    return Row(line, cells)


def normal(text: str) -> str:
    """Without space around it, with one kind of line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def plain(cell: str) -> str:
    """What a cell says, without the apostrophe that kept it from being a formula."""
    text = cell.strip()
    return normal(text[1:] if text.startswith("'") and _FORMULA.match(text) else text)


def guarded(text: str) -> str:
    """``text`` as a cell that no spreadsheet runs; ``plain`` gives it back, without the white space around it."""
    text = text.strip()
    return f"'{text}" if _FORMULA.match(text) else text
