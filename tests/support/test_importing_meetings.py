"""Meetings of self-help groups come from files and go to files."""

from __future__ import annotations

import pytest

from support.importing.planning import plan_import
from support.importing.writing import export_lines, write_import
from support.models import SupportService
from tests.factories.people import PersonFactory
from tests.support.files import file_of

pytestmark = pytest.mark.django_db

GROUP = "key;name;kind;country;meetings"


def write(text: str) -> None:
    write_import(text, plan_import(text).fingerprint, PersonFactory())


def test_meetings_of_a_group_come_in_and_go_out_by_the_clock_of_its_country() -> None:
    cell = "5-1-2027 19.30; 2026-12-01 19:30  Buurthuis, zaal 2"
    write(file_of(f'groep;Groep Weert;self_help;NL;"{cell}"', heading=GROUP))
    group = SupportService.objects.get(key="groep")
    assert [(one.starts_at.isoformat(), one.place) for one in group.meetings.all()] == [
        ("2026-12-01T18:30:00+00:00", "Buurthuis, zaal 2"),
        ("2027-01-05T18:30:00+00:00", ""),
    ]
    exported = "".join(export_lines())
    assert "2026-12-01 19:30 Buurthuis, zaal 2; 2027-01-05 19:30" in exported
    assert [one.service.key for one in plan_import(exported).unchanged] == ["groep"]
    write(file_of("groep;Groep Weert;self_help;NL;", heading=GROUP))
    assert not group.meetings.exists()


@pytest.mark.parametrize(
    "cell", ["iedere maandag", "2026-12-01", "2026-02-30 19:30", "2026-12-01 25:00", "2027-03-28 02:30"]
)
def test_what_is_no_meeting_keeps_the_line_out(cell: str) -> None:
    plan = plan_import(file_of(f"groep;Groep Weert;self_help;NL;{cell}", heading=GROUP))
    assert not plan.can_be_written
    assert cell.split(maxsplit=1)[0] in " ".join(plan.refused[0].reasons)
