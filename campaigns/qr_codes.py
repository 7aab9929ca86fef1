"""Short addresses as QR codes, for print: black on white, with their quiet zone."""

from __future__ import annotations

import io

import segno

BORDER = 4  # modules, as ISO/IEC 18004 asks
POINTS = 16  # pixels a module in a PNG: sharp at 4 cm and 300 dots an inch


def qr_svg(address: str) -> bytes:
    return _made(address, "svg", svgns=True, xmldecl=False, omitsize=True, light="#ffffff", title=address)


def qr_png(address: str) -> bytes:
    return _made(address, "png", scale=POINTS)


def _made(address: str, kind: str, **options: object) -> bytes:
    output = io.BytesIO()
    segno.make(address, error="m", micro=False).save(output, kind=kind, border=BORDER, **options)
    return output.getvalue()
