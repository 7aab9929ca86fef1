"""The one-page sheet for a referral: what decides the route, and lines to fill in together."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from factsheets.models import FactsheetPage
from factsheets.printing.document import with_levels

ON_ONE_PAGE = {"steps": 1, "country_comparison": 1, "warning": 1}
"""How many blocks of each kind fit: the first questions to ask, the ways in, what nobody may read past."""


def referral_values(page: FactsheetPage, values: dict[str, Any], size: float) -> dict[str, Any]:
    """The values of a sheet, cut to what somebody needs at the moment of referring, in type of ``size`` points."""
    left = dict(ON_ONE_PAGE)
    body = []
    for block in values["body"]:
        if left.get(block["type"], 0):
            left[block["type"]] -= 1
            # Of a comparison the first question, which is where to begin: the others are on the whole sheet.
            body.append({**block, "rows": block["rows"][:1]} if "rows" in block else block)
    with override(page.locale.language_code):
        return {
            **values,
            "compact": True,
            "size": size,
            "title": _("Referral sheet: %(title)s") % {"title": values["title"]},
            "summary": "",
            "in_short": [],
            "body": with_levels(body, below_heading=False),
            "lines": _lines(),
            "words": {**values["words"], "fill_in": _("To fill in together; the person gets a copy")},
        }


def _lines() -> list[str]:
    return [
        _("Name and date of birth"),
        _("Lives in, works in, insured in"),
        _("Language for the conversation"),
        _("Reason, and what was tried before"),
        _("Medicines, by their substance"),
        _("Who is involved, and in which country"),
        _("Agreed to share with"),
        _("Form and answer of the insurer (S1, S2, card, directive)"),
        _("Referred by, phone"),
        _("Referred to, first appointment"),
        _("Who keeps in touch until then"),
        _("Date and signatures"),
    ]
