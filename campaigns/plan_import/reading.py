"""Lines of a plan as posts that could be made, or as sentences about what is wrong with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Campaign, SocialAccount
from campaigns.planning.times import ImpossibleTimeError, moment_at
from core.models import CustomImage
from support.importing.reading import Row, decode, read_table

COLUMNS = ("date", "time", "language", "account", "text", "link", "image", "image_alt")
NEEDED = ("date", "time", "language", "account", "text")
# The same columns as a spreadsheet in one of our languages names them.
OTHER_NAMES = {
    "datum": "date",
    "tijd": "time",
    "zeit": "time",
    "uhrzeit": "time",
    "heure": "time",
    "taal": "language",
    "sprache": "language",
    "langue": "language",
    "konto": "account",
    "compte": "account",
    "tekst": "text",
    "texte": "text",
    "lien": "link",
    "afbeelding": "image",
    "bild": "image",
    "alt": "image_alt",
    "alt text": "image_alt",
    "alt-tekst": "image_alt",
    "alternativtext": "image_alt",
    "texte alternatif": "image_alt",
}
DATES = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y")
TIMES = ("%H:%M", "%H.%M", "%H:%M:%S", "%Hh%M")
LONGEST = 5000  # characters


@dataclass(slots=True)
class PlannedLine:
    """One line of the file. With ``problems`` it is left out."""

    line: int
    problems: list[str] = field(default_factory=list)
    planned_at: datetime | None = None
    language: str = ""
    account: SocialAccount | None = None
    text: str = ""
    link: str = ""
    image: CustomImage | None = None
    image_alt: str = ""


def read_plan(content: bytes, campaign: Campaign) -> list[PlannedLine]:
    """Every line of the file, checked. Raises ``UnreadableFile`` when it is no table of ours."""
    table = read_table(_in_our_names(decode(content)), COLUMNS, NEEDED)
    return check_rows(table.rows, campaign)


def _in_our_names(text: str) -> str:
    """The first line with our names of the columns."""
    head, newline, rest = text.partition("\n")
    for delimiter in (";", ",", "\t"):
        cells = [cell.strip().strip('"\ufeff').strip() for cell in head.rstrip("\r").split(delimiter)]
        names = [OTHER_NAMES.get(cell.lower(), cell) for cell in cells]
        if len(cells) > 1 and {name.lower() for name in names} & set(COLUMNS):
            return delimiter.join(names) + newline + rest
    return text


def check_rows(rows: Iterable[Row], campaign: Campaign) -> list[PlannedLine]:
    known = _Known()
    lines = [_check(row, known) for row in rows]
    _find_repeats(lines)
    return lines


class _Known:
    """Accounts and pictures by the names people write, read once."""

    def __init__(self) -> None:
        self.accounts: dict[tuple[str, str], list[SocialAccount]] = defaultdict(list)
        for account in SocialAccount.objects.all():
            for name in {account.name, str(account), f"{account.provider} {account.name}", account.provider}:
                self.accounts[name.casefold(), account.language].append(account)
        self.images: dict[str, list[CustomImage]] = defaultdict(list)
        for image in CustomImage.objects.all():
            self.images[image.title.casefold()].append(image)


def _check(row: Row, known: _Known) -> PlannedLine:
    line = PlannedLine(row.line)
    if row.fault:
        line.problems.append(row.fault)
        return line
    cells = {name: row.cells.get(name, "").strip() for name in COLUMNS}
    line.text, line.link, line.image_alt = cells["text"], cells["link"], cells["image_alt"]
    _check_time(line, cells)
    _check_account(line, cells, known)
    _check_text(line)
    _check_image(line, cells, known)
    return line


def _check_time(line: PlannedLine, cells: dict[str, str]) -> None:
    day, clock = _first(cells["date"], DATES), _first(cells["time"], TIMES)
    if day is None:
        line.problems.append(_("“%(value)s” is no date. Write it as 2026-10-31.") % {"value": cells["date"]})
    if clock is None:
        line.problems.append(_("“%(value)s” is no time. Write it as 19:30.") % {"value": cells["time"]})
    if day is None or clock is None:
        return
    try:
        line.planned_at = moment_at(datetime.combine(_date(day), _time(clock)))
    except ImpossibleTimeError as error:
        line.problems.append(str(error))
        return
    if line.planned_at <= timezone.now():
        line.problems.append(_("This time has passed. Choose a later one."))


def _first(value: str, formats: Iterable[str]) -> datetime | None:
    for pattern in formats:
        try:
            return datetime.strptime(value, pattern)  # noqa: DTZ007 - a time on the wall
        except ValueError:
            continue
    return None


def _date(moment: datetime) -> date:
    return moment.date()


def _time(moment: datetime) -> time:
    return moment.time()


def _check_account(line: PlannedLine, cells: dict[str, str], known: _Known) -> None:
    line.language = cells["language"].lower()[:2]
    if line.language not in dict(settings.LANGUAGES):
        line.problems.append(
            _("“%(value)s” is no language of this site. Write nl, de or fr.") % {"value": cells["language"]}
        )
        return
    found = known.accounts.get((cells["account"].casefold(), line.language), [])
    values = {"name": cells["account"], "language": line.language}
    if not found:
        line.problems.append(_("There is no account “%(name)s” in this language (%(language)s).") % values)
    elif len({account.pk for account in found}) > 1:
        line.problems.append(
            _("Several accounts are called “%(name)s”. Write the network before it.") % values
        )
    else:
        line.account = found[0]


def _check_text(line: PlannedLine) -> None:
    if not line.text:
        line.problems.append(_("The text is missing."))
    elif line.text.startswith("="):
        line.problems.append(_("The text begins like a formula of a spreadsheet. Write it as text."))
    elif len(line.text) > LONGEST:
        line.problems.append(_("The text is longer than %(number)d characters.") % {"number": LONGEST})
    if line.link:
        try:
            URLValidator(schemes=["http", "https"])(line.link)
        except ValidationError:
            line.problems.append(_("“%(value)s” is no address of a page.") % {"value": line.link})


def _check_image(line: PlannedLine, cells: dict[str, str], known: _Known) -> None:
    title = cells["image"]
    if not title:
        return
    found = known.images.get(title.casefold(), [])
    if not found:
        line.problems.append(_("There is no image “%(title)s” in the library.") % {"title": title})
    elif len(found) > 1:
        line.problems.append(_("Several images are called “%(title)s”.") % {"title": title})
    else:
        line.image = found[0]
    if not line.image_alt:
        line.problems.append(_("Say what the image shows, for people who cannot see it."))


def _find_repeats(lines: list[PlannedLine]) -> None:
    seen: dict[Any, int] = {}
    for line in lines:
        if line.problems or line.account is None:
            continue
        key = (line.planned_at, line.account.pk, line.text)
        if key in seen:
            line.problems.append(_("This line is the same as line %(line)d.") % {"line": seen[key]})
        seen.setdefault(key, line.line)
