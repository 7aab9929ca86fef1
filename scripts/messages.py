"""Texts of the interface: gathers them from the source, brings the catalogues up to date, compiles them.

Babel does the work, so that a machine without GNU gettext can do all of it: ``make messages`` and
``make compile`` call this module, and ``tests/test_messages.py`` checks with the same eyes.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("site", "stories", "factsheets", "campaigns")
LANGUAGES = ("nl", "de", "fr")
DOMAINS = {"django": (".py", ".html", ".txt"), "djangojs": (".js",)}
SKIPPED = {"migrations", "node_modules", "__pycache__"}

SINGULAR, PLURAL, IN_CONTEXT, PLURAL_IN_CONTEXT = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": SINGULAR,
    **{f"gettext{end}": SINGULAR for end in ("", "_lazy", "_noop")},
    **{f"ngettext{end}": PLURAL for end in ("", "_lazy")},
    **{f"pgettext{end}": IN_CONTEXT for end in ("", "_lazy")},
    **{f"npgettext{end}": PLURAL_IN_CONTEXT for end in ("", "_lazy")},
}
HEADER = """\
# Texts of the interface. `make messages` keeps this file up to date; translate what it lists as missing.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def source_files(domain: str) -> Iterator[Path]:
    """The files of the rooms that may hold texts of ``domain``."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in DOMAINS[domain] and not SKIPPED & set(path.parts):
                yield path


def texts_in(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """Each text of one file, as singular or (singular, plural), with its context."""
    language = "javascript" if path.suffix == ".js" else "python"
    for _line, text, _comments, context in extract(language, BytesIO(_readable(path).encode()), KEYWORDS):
        yield text, context


def _readable(path: Path) -> str:
    """The file as something Babel's parsers read: a template becomes a list of gettext calls."""
    source = path.read_text(encoding="utf-8")
    if path.suffix in (".py", ".js"):
        return source
    calls = templatize(source, origin=str(path))
    return "\n".join(re.sub(r"\s", " ", line).strip() for line in calls.split("\n"))


def gather(domain: str) -> Catalog:
    """Every text in the source, in English."""
    catalog = Catalog(domain=domain, project="Drieklank", charset="utf-8")
    for path in source_files(domain):
        for text, context in texts_in(path):
            catalog.add(text, context=context)
    return catalog


def catalogue_path(language: str, domain: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def read_catalogue(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, project="Drieklank", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(path: Path, language: str, source: Catalog) -> None:
    """Add new texts without a translation, drop those that are gone, keep the rest. No guesses, no line numbers."""
    catalogue = read_catalogue(path, language)
    catalogue.update(source, no_fuzzy_matching=True, update_creation_date=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = BytesIO()
    write_po(
        content,
        catalogue,
        width=0,
        no_location=True,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
    )
    # A header without dates: two branches that both add texts then differ in those texts alone.
    header = HEADER.format(language=language, plurals=catalogue.plural_forms)
    path.write_bytes(header.encode() + content.getvalue().strip() + b"\n")


def compile_all() -> int:
    """Write the ``.mo`` file beside each catalogue that is newer than it. Answers how many were written."""
    written = 0
    for path in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")):
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            continue
        content = BytesIO()
        write_mo(content, read_catalogue(path, path.parts[-3]))
        # Replaced in one step: a server that starts meanwhile never reads half a file.
        unfinished = compiled.with_suffix(".mo.new")
        unfinished.write_bytes(content.getvalue())
        unfinished.replace(compiled)
        written += 1
    return written


def problems(catalogue: Catalog, source: Catalog) -> list[str]:
    """What is wrong with a catalogue: texts it lacks or keeps too long, fuzzy or empty ones, other placeholders."""
    found = [
        f"not in the catalogue: {message.id!r}"
        for message in source
        if message.id and catalogue.get(message.id, message.context) is None
    ]
    for message in catalogue:
        if not message.id:
            continue
        if source.get(message.id, message.context) is None:
            found.append(f"no longer in the source: {message.id!r}")
        if message.fuzzy:
            found.append(f"fuzzy: {message.id!r}")
        found += _translation_problems(message, catalogue.num_plurals)
    return found


def forms(text: str | Sequence[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def _translation_problems(message: Message, plurals: int) -> list[str]:
    sources, translations = forms(message.id), forms(message.string)
    if not all(translations) or len(translations) != (1 if len(sources) == 1 else plurals):
        return [f"not translated: {message.id!r}"]
    # A language may leave the number out of its singular ("one page"), never out of the plural.
    wanted = sorted(PLACEHOLDER.findall(sources[-1]))
    if sorted(PLACEHOLDER.findall(translations[-1])) != wanted:
        return [f"other placeholders: {message.id!r}"]
    if not set(PLACEHOLDER.findall(translations[0])) <= {*wanted, *PLACEHOLDER.findall(sources[0])}:
        return [f"unknown placeholders: {message.id!r}"]
    return []


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("command", choices=("update", "compile", "check"))
    command = parser.parse_args(arguments).command
    if command == "compile":
        print(f"{compile_all()} catalogues compiled.")
        return 0
    failures = 0
    for domain in DOMAINS:
        source = gather(domain)
        if not len(source):
            continue
        for language in LANGUAGES:
            path = catalogue_path(language, domain)
            if command == "update":
                update(path, language, source)
            found = problems(read_catalogue(path, language), source)
            failures += len(found)
            for problem in found:
                print(f"{path.relative_to(ROOT)}: {problem}")
    return int(command == "check" and failures > 0)


if __name__ == "__main__":
    raise SystemExit(main())
