"""A map with all that belongs to it: for wide and narrow screens, its legend, and a table that says the same."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stories.network.choices import Frequency, Helped, Involved, Relation, Ring
from stories.network.drawing import Element, Words, draw, link_sign, markup, person_sign
from stories.network.geometry import Point
from stories.network.layout import Layout, layout_of, place
from stories.network.people import Person
from stories.network.sectors import divide
from stories.network.spots import NARROW, WIDE, Frame, label_lines, spots_around
from stories.regions import Country

DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table, in words. ``number`` is the one on a narrow map."""

    number: int
    label: str
    relation: str
    country: str
    closeness: str
    contact: str
    helped: str
    involved: str


@dataclass(frozen=True, slots=True)
class Sign:
    """One entry of the legend."""

    drawing: SafeString
    meaning: str


@dataclass(frozen=True, slots=True)
class Signs:
    """One group of the legend."""

    heading: str
    signs: Sequence[Sign]


@dataclass(frozen=True, slots=True)
class NetworkFigure:
    wide: SafeString
    narrow: SafeString
    rows: Sequence[Row]


def network_figure(people: Sequence[Person], ego: str, prefix: str) -> NetworkFigure:
    """``ego``: whose network it is. ``prefix`` begins the ids, so that a page can hold several maps."""
    words = words_for(people, ego)
    wide, narrow = (
        drawing_of(people, frame, words, f"{prefix}-{name}")
        for frame, name in ((WIDE, "wide"), (NARROW, "narrow"))
    )
    return NetworkFigure(wide, narrow, [_row(number, person) for number, person in enumerate(people, 1)])


def drawing_of(people: Sequence[Person], frame: Frame, words: Words, prefix: str) -> SafeString:
    return _drawn(draw(people, remembered_layout(people, frame), frame, words, prefix))


def remembered_layout(people: Sequence[Person], frame: Frame) -> Layout:
    """The layout, reckoned once a day. The cache holds places and no word of anybody: names are told only by pages."""
    key = "network:" + hashlib.sha256(pickle.dumps((list(people), frame))).hexdigest()
    places = cache.get(key)
    if places is None:
        layout = place(people, frame)
        places = layout.rings, [(spot.point.x, spot.point.y, spot.side) for spot in layout.spots]
        cache.set(key, places, DAY)
        return layout
    rings, spots = places
    return layout_of(
        divide(people),
        rings,
        [
            spots_around(
                Point(x, y), label_lines(number, person, frame), person.involved_by_care != "no", frame
            )[side]
            for number, (person, (x, y, side)) in enumerate(zip(people, spots, strict=True), 1)
        ],
        frame,
    )


def words_for(people: Sequence[Person], ego: str) -> Words:
    title = _("Network map of %(name)s") % {"name": ego} if ego else _("Network map")
    return Words(
        title=title,
        description=describe(people),
        ego=ego or _("Me"),
        countries={country.value: str(country.label) for country in Country},
    )


def describe(people: Sequence[Person]) -> str:
    """The picture in two sentences."""
    if not people:
        return _("Three rings around the middle, divided into three countries. Nobody is on it yet.")
    rings = [
        f"{sum(person.ring == ring for person in people)} {ring.label}"
        for ring in Ring
        if any(person.ring == ring for person in people)
    ]
    countries = [
        f"{country.label} {count}"
        for country in Country
        if (count := sum(person.country == country for person in people))
    ]
    counted = ngettext(
        "%(count)d person or organisation: %(rings)s. By country: %(countries)s.",
        "%(count)d people and organisations: %(rings)s. By country: %(countries)s.",
        len(people),
    )
    values = {
        "count": len(people),
        "rings": get_text_list(rings, _("and")),
        "countries": get_text_list(countries, _("and")),
    }
    return f"{counted % values} {_('The table with this map says the same in words.')}"


def _row(number: int, person: Person) -> Row:
    return Row(
        number=number,
        label=person.label,
        relation=str(Relation(person.relation).label),
        country=str(Country(person.country).label),
        closeness=str(Ring(person.ring).label),
        contact=str(Frequency(person.how_often).label),
        helped=str(Helped(person.helped).label),
        involved=str(Involved(person.involved_by_care).label),
    )


def legend() -> list[Signs]:
    """What the signs mean."""
    return [
        Signs(
            _("Who"),
            [
                _sign(_("a person"), helped="no"),
                _sign(_("an organisation"), helped="no", organisation=True),
            ],
        ),
        Signs(
            _("Did this person help?"),
            [
                _sign(_("yes"), helped="yes"),
                _sign(_("partly"), helped="mixed"),
                _sign(_("no"), helped="no"),
            ],
        ),
        Signs(
            _("Did care ask or include this person?"),
            [
                _sign(_("yes"), involved_by_care="yes"),
                _sign(_("no"), involved_by_care="no"),
                _sign(_("not known"), involved_by_care="unknown"),
            ],
        ),
        Signs(
            _("How often is there contact?"),
            [Sign(_drawn(link_sign(each.value)), str(each.label)) for each in Frequency],
        ),
    ]


def _sign(
    meaning: str, helped: str = "yes", involved_by_care: str = "no", organisation: bool = False
) -> Sign:
    somebody = Person("", Relation.FRIEND, organisation, Country.NL, 1, "weekly", involved_by_care, helped)
    return Sign(_drawn(person_sign(somebody)), meaning)


def _drawn(element: Element) -> SafeString:
    return mark_safe(markup(element))  # noqa: S308 - markup() escapes what people wrote
