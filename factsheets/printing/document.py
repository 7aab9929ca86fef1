"""What stands on a printed sheet, as plain values: the template ``sheet.typ`` gives it its form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.blocks import StreamValue

from core.tokens import filled_html, filled_text
from factsheets.blocks.countries import answers_of
from factsheets.countries import Country, Situation
from factsheets.models import FactsheetPage
from factsheets.presenting import sheet_context
from factsheets.printing.nodes import Node, nodes_of
from factsheets.usage import facts_of

Order = tuple[Country, ...]
PICTURE_FILTER = "max-1600x1600|format-jpeg|jpegquality-82"


def situation_of(order: Order) -> Situation:
    """Countries in this order, with nothing said about who lives where."""
    return Situation(insured=order[0], work=order[1], live=order[2])


class SheetDocument:
    """Gathers one language and one order of countries. ``pictures`` are the files the typesetter needs beside it."""

    def __init__(self, page: FactsheetPage, order: Order) -> None:
        self.page = page
        self.order = order
        self.language: str = page.locale.language_code
        self.url: str = page.full_url or settings.WAGTAILADMIN_BASE_URL
        self.pictures: dict[str, Any] = {}

    def values(self) -> dict[str, Any]:
        with override(self.language):
            context = sheet_context(self.page, situation_of(self.order), facts_of(self.page))
            return {
                "language": self.language,
                "url": self.url,
                "title": self._text(self.page.title),
                "kicker": f"{_('Info sheet')} · {self.page.get_audience_display()}",
                "summary": self._text(self.page.summary),
                "notices": self._notices(context),
                "stamp": self._stamp(context),
                "in_short": [self._text(sentence.value) for sentence in self.page.in_short],
                "purpose": self._purpose(),
                "body": with_levels(
                    [self._block(block) for block in context["body"]], bool(self.page.in_short)
                ),
                "facts": [self._fact(row) for row in context["facts"]],
                "unsure": context["facts_unsure"],
                "uncertain": [self._text(point.value) for point in self.page.uncertain],
                "sources": [self._source(source.value) for source in self.page.sources],
                "people": self._people(context["standing"]),
                "words": _words(),
            }

    # --- what stands above and below the text -----------------------------------------------------

    def _notices(self, context: dict[str, Any]) -> list[dict[str, str]]:
        standing = context["standing"]
        notices = []
        if self.page.is_example:
            notices.append(
                (
                    _("This is an example sheet"),
                    _(
                        "It shows what a sheet here can look like. Have what it says checked before you rely on it."
                    ),
                )
            )
        if context["facts_expired"]:
            rows = "; ".join(f"{row.label}: {row.value}" for row in context["facts_expired"])
            notices.append((_("An amount or number on this sheet is past its time"), rows))
        if standing.overdue:
            day = date_format(standing.next_review_on, "DATE_FORMAT")
            text = _(
                "Somebody was to check it by %(day)s. That has not happened yet. Ask before you rely on it."
            )
            notices.append((_("This sheet may be out of date"), text % {"day": day}))
        if standing.missing_changes:
            text = _(
                "Something changed there that matters, and it is not in this language yet. We are working on it."
            )
            notices.append((_("The Dutch version of this sheet is newer"), text))
        return [{"title": title, "text": text} for title, text in notices]

    def _stamp(self, context: dict[str, Any]) -> list[str]:
        """Version, validity and order of countries. What is out of date claims no validity."""
        standing = context["standing"]
        published = self.page.last_published_at
        lines = (
            [_("Version of %(day)s") % {"day": date_format(published, "DATE_FORMAT")}] if published else []
        )
        if not (standing.overdue or context["facts_expired"] or standing.missing_changes):
            ends = [
                said.period.valid_until
                for said in facts_of(self.page)
                if said.period and said.period.valid_until
            ]
            day = min([*ends, standing.next_review_on])
            lines.append(_("Valid until %(day)s") % {"day": date_format(day, "DATE_FORMAT")})
        if context["first_by_country"]:
            names = ", ".join(str(country.label) for country in self.order)
            lines.append(_("Countries in this order: %(names)s") % {"names": names})
        return lines

    def _purpose(self) -> list[dict[str, str]]:
        pairs = [(_("For whom"), self.page.for_whom), (_("What you know afterwards"), self.page.aim)]
        return [{"label": label, "text": self._text(text)} for label, text in pairs if text]

    def _fact(self, row: Any) -> dict[str, Any]:
        details = [f"{row.country}.", f"{row.validity}." if row.validity else "", row.note]
        details.append(f"{_('Source:')} {row.source}, {row.checked}.")
        return {"value": row.value, "label": row.label, "detail": " ".join(part for part in details if part)}

    def _source(self, value: Any) -> dict[str, str]:
        looked_up = value["accessed"]
        checked = (
            _("looked up on %(day)s") % {"day": date_format(looked_up, "DATE_FORMAT")}
            if looked_up
            else _("still to be compared with this sheet")
        )
        rest = ", ".join(part for part in (value["publisher"], checked) if part)
        return {"title": value["title"], "url": value["url"] or "", "rest": rest}

    def _people(self, standing: Any) -> list[dict[str, str]]:
        review = standing.review
        checked = (
            ", ".join(
                part
                for part in (review.reviewer, review.role, date_format(review.reviewed_on, "DATE_FORMAT"))
                if part
            )
            if review
            else _("No expert has checked this sheet yet.")
        )
        pairs = [(_("Written by"), self.page.written_by), (_("Checked by"), checked)]
        pairs.append((_("Next check"), date_format(standing.next_review_on, "DATE_FORMAT")))
        pairs += [(_("Who paid"), _project(project.value)) for project in self.page.funding]
        pairs.append((_("Who paid"), self.page.funding_note))
        return [{"label": label, "text": text} for label, text in pairs if text]

    # --- the text ---------------------------------------------------------------------------------

    def _text(self, text: str) -> str:
        return filled_text(text, self.language)

    def _nodes(self, value: Any) -> list[Node]:
        return nodes_of(filled_html(str(value), self.language), self.url)

    def _list(self, values: Any) -> list[list[Node]]:
        return [self._nodes(value) for value in values]

    def _block(self, block: StreamValue.StreamChild) -> dict[str, Any]:
        maker = self._makers().get(block.block_type, self._as_on_the_page)
        return {"type": block.block_type, **maker(block.value if maker != self._as_on_the_page else block)}

    def _makers(self) -> dict[str, Callable[[Any], dict[str, Any]]]:
        return {
            "heading": lambda value: {"text": self._text(value)},
            "text": lambda value: {"nodes": self._nodes(value)},
            "quote": lambda value: {"text": self._text(value["quote"]), "by": value["attribution"]},
            "image": self._image,
            "call_to_action": self._call_to_action,
            "steps": lambda value: {"title": value["title"], "items": self._list(value["steps"])},
            "do_and_dont": lambda value: {"do": self._list(value["do"]), "dont": self._list(value["dont"])},
            "warning": lambda value: {
                "title": self._text(value["title"]),
                "nodes": self._nodes(value["text"]),
            },
            "country_comparison": self._comparison,
            "country_section": lambda value: {
                "title": value["title"],
                "country": value["country"],
                "nodes": self._nodes(value["text"]),
            },
        }

    def _comparison(self, value: Any) -> dict[str, Any]:
        rows = [
            {
                "question": self._text(row["question"]),
                "answers": [
                    {
                        "country": answer.country,
                        "name": str(answer.country.label),
                        "nodes": self._nodes(answer.text),
                        "regions": [
                            {"name": str(region.label), "nodes": self._nodes(text)}
                            for region, text in answer.regions
                        ],
                    }
                    for answer in answers_of(row, situation_of(self.order))
                ],
            }
            for row in value["rows"]
        ]
        return {"title": self._text(value["title"]), "rows": rows}

    def _image(self, value: Any) -> dict[str, Any]:
        name = f"picture-{len(self.pictures)}.jpg"
        self.pictures[name] = value["image"].get_rendition(PICTURE_FILTER).file
        credit = value["credit"] or value["image"].credit
        return {"path": name, "alt": value["alt_text"], "caption": value["caption"], "credit": credit}

    def _call_to_action(self, value: Any) -> dict[str, Any]:
        href = value.href
        page = value["page"].localized if value["page"] else None
        return {
            "text": self._text(value["text"]),
            "button": self._text(value["button"]),
            "href": (page.full_url if page and page.live else href) or "",
        }

    def _as_on_the_page(self, block: StreamValue.StreamChild) -> dict[str, Any]:
        """Any other kind of block: its words as they stand on the page, but for what changes by the hour."""
        html = block.render(context={"page": self.page, "in_print": True})
        return {"type": "text", "nodes": self._nodes(html)}


def with_levels(blocks: list[dict[str, Any]], below_heading: bool) -> list[dict[str, Any]]:
    """The level of the headings inside each block: PDF/UA lets none be skipped.

    ``below_heading`` tells whether a heading of level 2 stands before the blocks.
    """
    levelled = []
    for block in blocks:
        below_heading = below_heading or block["type"] == "heading"
        levelled.append({**block, "level": 3 if below_heading else 2})
    return levelled


def _project(value: Any) -> str:
    period = ""
    if value["starts_on"] and value["ends_on"]:
        first, last = (date_format(value[name], "DATE_FORMAT") for name in ("starts_on", "ends_on"))
        period = f" ({first} – {last})"
    notice = f" {value['notice']}" if value["notice"] else ""
    return f"{value['project']}: {value['funder']}{period}.{notice}"


def _words() -> dict[str, str]:
    """The headings of the template, in the active language."""
    return {
        "in_short": _("In short"),
        "do": _("What helps"),
        "dont": _("Better not"),
        "origin": _("Where this comes from"),
        "facts": _("Amounts and numbers"),
        "unsure": _("This amount or number is still to be checked."),
        "uncertain": _("What is not certain"),
        "sources": _("Sources"),
        "people": _("Who made this sheet"),
        "online": _("This sheet online, always in its newest version"),
        "qr": _("QR code with the address of this sheet"),
        "emergency": _("In danger, call 112: it works in all three countries."),
        "page_of": _("Page %(number)s of %(total)s") % {"number": "@1", "total": "@2"},
    }
