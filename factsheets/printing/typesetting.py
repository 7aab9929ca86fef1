"""From values to an accessible PDF (PDF/UA-1), set by Typst: it refuses what has no alternative text."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import segno
import typst

HERE = Path(__file__).parent
FONTS = HERE.parent / "fonts"
TEMPLATES = ("sheet.typ", "referral.typ")


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])


def typeset(values: Mapping[str, Any], pictures: Mapping[str, Any] | None = None) -> bytes:
    """The PDF for the values of ``SheetDocument``; ``pictures`` are open-able files by the name the values use.

    Raises ``typst.TypstError`` when it cannot be set, or would not be accessible.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for template in TEMPLATES:
            shutil.copy(HERE / template, folder)
        (folder / "data.json").write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
        segno.make(values["url"], error="m", micro=False).save(
            str(folder / "qr.svg"), border=1, dark="#2b1d3f", light="#ffffff"
        )
        for picture, file in (pictures or {}).items():
            with file.open("rb") as opened:
                (folder / picture).write_bytes(opened.read())
        compiler = typst.Compiler(folder / "sheet.typ", root=folder, font_paths=_fonts())
        return cast("bytes", compiler.compile(format="pdf", pdf_standards=["ua-1"]))
