"""What a PDF says about itself, as ``pdfinfo``, ``qpdf`` and its own structure tell it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf


def tool(*command: str | Path) -> str:
    """The standard output of a program that must not complain by its exit code."""
    ran = subprocess.run(list(map(str, command)), capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    return ran.stdout.decode()


def info_of(file: Path) -> dict[str, str]:
    """The rows of ``pdfinfo``: ``{"Tagged": "yes", "Pages": "3", …}``."""
    rows = (line.split(":", 1) for line in tool("pdfinfo", "-enc", "UTF-8", file).splitlines())
    return {row[0]: row[1].strip() for row in rows if len(row) == 2}


def structure(element: Any) -> Iterator[Any]:
    """Every element of the structure tree below ``element``, in reading order."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from structure(kid)


def kinds_in(pdf: pikepdf.Pdf) -> list[str]:
    """The standard structure types, in reading order; a type of the file's own counts as what it stands for."""
    tree = pdf.Root.StructTreeRoot
    roles = {name: str(role) for name, role in tree.get("/RoleMap", {}).items()}
    return [roles.get(str(element.S), str(element.S)) for element in structure(tree)]


def outside_the_structure(page: pikepdf.Page) -> list[str]:
    """What paints on a page and is neither part of its structure nor marked as decoration."""
    open_marks: list[bool] = []
    found = []
    for instruction in pikepdf.parse_content_stream(page):
        operands, name = instruction.operands, str(instruction.operator)
        if name in ("BMC", "BDC"):
            belongs = str(operands[0]) == "/Artifact" or (name == "BDC" and "/MCID" in operands[1])
            open_marks.append(belongs)
        elif name == "EMC":
            open_marks.pop()
        elif name in ("Tj", "TJ", "'", '"', "Do", "sh", "f", "F", "f*", "B", "B*", "S", "s", "b", "b*"):
            found += [] if any(open_marks) else [name]
    return found


def fonts_of(pdf: pikepdf.Pdf) -> list[Any]:
    return [
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary)
        and thing.get("/Type") == "/Font"
        and "/DescendantFonts" in thing
    ]


def links_of(pdf: pikepdf.Pdf) -> list[Any]:
    return [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]


def bookmarks_of(pdf: pikepdf.Pdf) -> list[tuple[int, str]]:
    """(depth from 1, title) of each bookmark, in order."""

    def below(items: Any, depth: int) -> Iterator[tuple[int, str]]:
        for item in items:
            yield depth, item.title
            yield from below(item.children, depth + 1)

    with pdf.open_outline() as outline:
        return list(below(outline.root, 1))
