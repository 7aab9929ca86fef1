"""What the drawing page says, for the code that runs in the browser. Texts with ``%(name)s`` are filled there."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from stories.network.choices import RELATIONS_OF_CIRCLE, Circle, Frequency, Helped, Involved, Relation, Ring
from stories.network.figure import words_for
from stories.network.names import PATTERNS_FOR_BROWSERS
from stories.network.people import LABEL_LENGTH, MOST_PEOPLE
from stories.regions import Country

EGO_LENGTH = 30
LARGEST_FILE = 64 * 1024  # bytes; a full map has about 6 kB
FIRST_COUNTRY = {"nl": Country.NL, "de": Country.DE, "fr": Country.BE}


def browser_words() -> dict[str, Any]:
    """Everything ``static/stories/own/page.js`` needs to know, in the active language. All of it is JSON."""
    empty = words_for([], "")
    return {
        "language": get_language(),
        "title": empty.title,
        "title_of": _("Network map of %(name)s"),
        "ego": empty.ego,
        "nobody": empty.description,
        "one": _counted(1),
        "many": _counted(2),
        "see_table": _("The table with this map says the same in words."),
        "and": _("and"),
        "labels": {
            "relation": _labels(Relation),
            "country": _labels(Country),
            "ring": _labels(Ring),
            "how_often": _labels(Frequency),
            "involved_by_care": _labels(Involved),
            "helped": _labels(Helped),
        },
        "organisations": [relation.value for relation in Relation if relation.is_organisation],
        "most": MOST_PEOPLE,
        "label_length": LABEL_LENGTH,
        "ego_length": EGO_LENGTH,
        "largest_file": LARGEST_FILE,
        "file_name": _("my-network"),
        "names": PATTERNS_FOR_BROWSERS,
        "says": _says(),
    }


def form_choices() -> dict[str, Any]:
    """What can be chosen for a person, for the form."""
    return {
        "circles": [(circle.label, RELATIONS_OF_CIRCLE[circle]) for circle in Circle],
        "countries": list(Country),
        "first_country": FIRST_COUNTRY.get((get_language() or "")[:2], Country.NL),
        "rings": list(Ring),
        "frequencies": list(Frequency),
        "helped": list(Helped),
        "involved": list(Involved),
        "label_length": LABEL_LENGTH,
        "ego_length": EGO_LENGTH,
    }


def _labels(choices: Any) -> dict[str, str]:
    return {str(choice.value): str(choice.label) for choice in choices}


def _counted(number: int) -> str:
    return ngettext(
        "%(count)d person or organisation: %(rings)s. By country: %(countries)s.",
        "%(count)d people and organisations: %(rings)s. By country: %(countries)s.",
        number,
    )


def _says() -> dict[str, str]:
    """What the page tells somebody who cannot see the map change, and what it answers to a file."""
    return {
        "added": _("“%(who)s” is on the map."),
        "changed": _("“%(who)s” was changed."),
        "removed": _("“%(who)s” was taken off the map."),
        "cleared": _("The map is empty again."),
        "opened_one": ngettext(
            "The file was opened: %(count)d entry.", "The file was opened: %(count)d entries.", 1
        ),
        "opened_many": ngettext(
            "The file was opened: %(count)d entry.", "The file was opened: %(count)d entries.", 2
        ),
        "saved": _("The file was made. Your browser keeps it with your downloads."),
        "undone": _("That was undone."),
        "full": _("A map has room for %(most)d. Take somebody off first."),
        "who_missing": _("Say who this is: a role or a first name is enough."),
        "relation_missing": _("Choose what this person or organisation is to you."),
        "full_name": _(
            "This looks like a first and a last name. A role or a first name is enough, in case others see your map."
        ),
        "add_heading": _("Add somebody"),
        "change_heading": _("Change “%(who)s”"),
        "add": _("Put on the map"),
        "change": _("Save the change"),
        "too_large": _("This file is too large to be a network map. Nothing was changed."),
        "unreadable": _("This file cannot be read. Nothing was changed."),
        "none_of_ours": _("This file is no network map that was saved here. Nothing was changed."),
        "newer": _("This file comes from a newer version of this page. Nothing was changed."),
        "too_many": _("This file has more than %(most)d entries. Nothing was changed."),
        "incomplete": _("Entry %(number)d of this file is not complete. Nothing was changed."),
    }
