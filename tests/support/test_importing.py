"""Services from CSV files: nothing is written before somebody saw what changes, and then all of it or nothing."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries
from wagtail.models import ModelLogEntry

from support.importing.columns import COLUMNS, NEEDED
from support.importing.planning import Plan, plan_import
from support.importing.reading import MOST_ROWS, UnreadableFile, decode, guarded, normal, plain, read_table
from support.importing.writing import DirectoryChanged, export_lines, write_import
from support.models import Municipality, Phone, SupportService
from support.sample_services import load_services
from tests.factories.people import PersonFactory
from tests.support.files import LOKET, file_of, service

pytestmark = pytest.mark.django_db


def reasons(plan: Plan) -> str:
    return " ".join(reason for one in plan.refused for reason in one.reasons)


def write(text: str) -> Plan:
    return write_import(text, plan_import(text).fingerprint, PersonFactory())


# --- reading ----------------------------------------------------------------------------------------

SIGNS = "Café «Zum Übergang» – één"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_what_spreadsheets_write_is_read(encoding: str, delimiter: str) -> None:
    text = file_of(f'a;online;"{SIGNS}";DE;;').replace(";", delimiter)
    plan = plan_import(decode(text.encode(encoding)))
    assert [one.service.name for one in plan.new] == [SIGNS]


def test_the_line_with_which_excel_names_the_delimiter_is_no_heading() -> None:
    plan = plan_import("sep=;\r\n" + file_of("a;online;A;NL;;;;;;", "b;online;B;NL;soms;"))
    assert [one.line for one in plan.new] == [3]
    assert [one.line for one in plan.refused] == [4]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 a spreadsheet", "Dit is een rekenblad"),
        (b"\x00\x01\x02", "geen tekst"),
        (b"\x81\x8d", "geen tekst"),
        (b"x" * (5 * 1024 * 1024 + 1), "groter dan 5 MB"),
        (b"", "key, name"),
        (b"naam;land\r\nLoket;NL\r\n", "key, name"),
        (b"key;name;name\r\na;b;c\r\n", "twee keer"),
        (b"key;name\r\n", "alleen een eerste regel"),
        (b'key;name\r\na;b\r\nc;"d\r\ne;f\r\n', "regel 3"),
        (b'key;name\r\na;"b"c\r\n', "regel 2"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_one_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=sentence):
        plan_import(decode(content))


def test_a_hundred_thousand_services_are_refused_at_once() -> None:
    rows = file_of(*(f"s{number};online;S;NL;;" for number in range(100_000)))
    with pytest.raises(UnreadableFile, match=f"meer dan {MOST_ROWS}"):
        plan_import(rows)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(UnreadableFile):
        assert read_table(decode(b"key;name\n" + content), COLUMNS, NEEDED).rows


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30))
@example("\t")
@example(" =1+1")
def test_no_cell_is_a_formula_and_none_loses_its_text(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert plain(guarded(text)) == text.replace("\r\n", "\n").replace("\r", "\n").strip()


# --- comparing --------------------------------------------------------------------------------------


def test_a_preview_tells_what_is_new_changed_and_unchanged_and_writes_nothing() -> None:
    known = service(hours="Mo-Fr 09:00-12:00")
    Phone.objects.create(service=known, number="0800-0113")
    service("same", name="Same")
    plan = plan_import(file_of(LOKET, "same;municipality;Same;NL;;", "fresh;online;Fresh;BE;24/7;1813"))
    assert [(one.line, one.service.key) for one in plan.unchanged] == [(3, "same")]
    assert [(one.line, one.service.key) for one in plan.new] == [(4, "fresh")]
    (changed,) = plan.changed
    assert [(change.column, change.old, change.new) for change in changed.changes] == [
        ("hours", "Mo-Fr 09:00-12:00", "Mo-Fr 09:00-17:00")
    ]
    assert SupportService.objects.get(key="loket").hours == "Mo-Fr 09:00-12:00"
    assert not SupportService.objects.filter(key="fresh").exists()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("a;online;A;NL;;06-12", "geen telefoonnummer"),
        ("a;online;A;NL;soms;", "“soms”"),
        ("a;online;A;NL;2027 Feb 29 off;", "bestaat niet"),
        ("a;kroeg;A;NL;;", "kroeg"),
        ("a;online;;NL;;", "naam"),
        (";online;A;NL;;", "geen sleutel"),
        ("a b;online;A;NL;;", "sleutel"),
        ("a;online;A;XX;;", "land"),
        ("a;online;A", "3 cellen"),
        (f"a;online;{'A' * 201};NL;;", "200"),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_its_number_and_reason(line: str, reason: str) -> None:
    plan = plan_import(file_of("good;online;Good;NL;;", line))
    assert [one.line for one in plan.refused] == [3]
    assert reason in reasons(plan)
    assert not plan.can_be_written


def test_hours_over_midnight_and_on_29_february_are_taken() -> None:
    hours = "Mo-Su 22:00-02:00; Feb 29 off"
    write(file_of(f'a;online;A;NL;"{hours}";'))
    assert SupportService.objects.get().hours == hours


def test_the_same_key_twice_is_refused_and_a_look_alike_is_flagged() -> None:
    known = service("ggd", name="G.G.D. Zuid-Limburg", site="https://www.ggdzl.nl/")
    Phone.objects.create(service=known, number="088 0767 000")
    plan = plan_import(
        "key;kind;name;country;phones;site\n"
        "a;online;GGD Zuid Limburg;NL;;\n"
        "b;online;B;NL;+31 88 0767000;http://ggdzl.nl\n"
        "c;online;C;BE;;\n"
        "d;online;C;BE;;\n"
        "c;online;D;BE;;\n"
    )
    remarks = {one.service.key: " ".join(one.remarks) for one in plan.new}
    assert "dezelfde naam als G.G.D. Zuid-Limburg" in remarks["a"]
    assert "telefoonnummer" in remarks["b"]
    assert "website" in remarks["b"]
    assert remarks["c"] == ""
    assert "regel 4" in remarks["d"]
    assert [(one.line, "regel 4" in one.reasons[0]) for one in plan.refused] == [(6, True)]


def test_a_municipality_is_found_by_any_name_and_one_that_merged_leads_on() -> None:
    new = Municipality.objects.create(name="Nieuw", country="NL", region="zuid-limburg")
    Municipality.objects.create(name="Oud", country="NL", region="zuid-limburg", merged_into=new)
    aachen = Municipality.objects.create(name="Aachen", name_nl="Aken", country="DE", region="heinsberg")
    heading = "key;name;kind;country;municipalities"
    plan = write(file_of("a;A;online;NL;oud", "b;B;online;DE;Aken", heading=heading))
    assert set(SupportService.objects.get(key="a").municipalities.all()) == {new}
    assert set(SupportService.objects.get(key="b").municipalities.all()) == {aachen}
    assert plan.new[0].remarks == ["“Oud” is nu deel van “Nieuw”: de dienst komt daar te staan."]
    assert "Vaals" in reasons(plan_import(file_of("c;C;online;NL;Vaals", heading=heading)))
    assert "Aken" in reasons(plan_import(file_of("c;C;online;NL;Aken", heading=heading)))


def test_when_the_country_changes_the_numbers_that_stay_are_read_anew() -> None:
    known = service()
    Phone.objects.create(service=known, number="088 0767 000")
    heading = "key;name;country"
    assert "088 0767 000" in reasons(plan_import(file_of("loket;Loket Vaals;BE", heading=heading)))
    write(file_of("loket;Loket Vaals;DE", heading=heading))
    assert [(phone.number, phone.international) for phone in Phone.objects.all()] == [
        ("088 0767 000", "+49880767000")
    ]


# --- writing ----------------------------------------------------------------------------------------


def test_what_was_confirmed_is_written_with_its_numbers_and_in_the_audit_log() -> None:
    known = service(hours="24/7")
    Phone.objects.create(service=known, number="1813")
    write(file_of(LOKET, 'fresh;help_line;Fresh;BE;24/7;"1813; 0800 32 123 (from abroad: no)"'))
    known.refresh_from_db()
    assert known.hours == "Mo-Fr 09:00-17:00"
    assert [phone.number for phone in known.phones.all()] == ["0800-0113"]
    fresh = SupportService.objects.get(key="fresh")
    assert [(one.number, one.international, one.from_abroad) for one in fresh.phones.all()] == [
        ("1813", "", "unknown"),
        ("0800 32 123", "+3280032123", "no"),
    ]
    logged = ModelLogEntry.objects.filter(action="support.import")
    assert {(entry.object_id, tuple(entry.data["columns"])) for entry in logged} >= {
        (str(known.pk), ("hours", "phones"))
    }


def test_one_refused_line_keeps_the_whole_file_out() -> None:
    text = file_of(LOKET, "b;online;B;NL;soms;")
    with pytest.raises(DirectoryChanged):
        write_import(text, plan_import(text).fingerprint, PersonFactory())
    assert not SupportService.objects.exists()


def test_what_changed_after_the_preview_is_not_overwritten() -> None:
    known = service(hours="24/7")
    text = file_of("loket;municipality;Loket Vaals;NL;Mo-Fr 09:00-17:00;")
    seen = plan_import(text).fingerprint
    SupportService.objects.update(hours="PH off")
    with pytest.raises(DirectoryChanged):
        write_import(text, seen, PersonFactory())
    known.refresh_from_db()
    assert known.hours == "PH off"


def test_a_column_that_is_not_there_is_left_alone_and_an_empty_cell_empties() -> None:
    service(hours="24/7", description_nl="Blijft", address="Weg")
    write("key,name,address\nloket,Loket Vaals,\n")
    known = SupportService.objects.get()
    assert (known.hours, known.description_nl, known.address) == ("24/7", "Blijft", "")


def test_a_formula_stays_text() -> None:
    write(file_of("""a;online;"=cmd|' /C calc'!A0";NL;;"""))
    assert SupportService.objects.get().name == "=cmd|' /C calc'!A0"
    assert "'=cmd" in "".join(export_lines())


def test_the_sample_directory_exports_and_imports_unchanged() -> None:
    load_services()
    plan = plan_import("".join(export_lines()))
    assert not plan.new + plan.changed + plan.refused
    assert len(plan.unchanged) == SupportService.objects.count()


def test_a_plan_takes_a_fixed_number_of_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    load_services()
    text = "".join(export_lines()).replace("24/7", "Mo-Su 00:00-24:00")
    with django_assert_max_num_queries(6):
        assert len(plan_import(text).changed) > 5


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=40)


class RoundTrip(TestCase):
    @settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
    @given(
        name=texts.filter(str.strip),
        description=texts | st.sampled_from(["=1+1", "'=x", '"', ";", "a\r\nb", "+31"]),
        languages=st.lists(st.sampled_from(["nl", "de", "fr"]), unique=True),
        check=st.dates().map(str) | st.none(),
        number=st.sampled_from(["0800-0113", "(043) 350 50 50", "+31 88 0767 000", "112"]),
        answer=st.sampled_from(["yes", "no", "unknown"]),
        free=st.sampled_from(["yes", "no", "unknown"]),
        chat=st.booleans(),
    )
    def test_any_service_exports_and_imports_unchanged(
        self,
        *,
        name: str,
        description: str,
        languages: list[str],
        check: str | None,
        number: str,
        answer: str,
        free: str,
        chat: bool,
    ) -> None:
        SupportService.objects.all().delete()
        known = service(
            name=name,
            description_fr=description,
            languages=languages,
            is_free=free,
            has_chat=chat,
            next_check=check,
        )
        Phone.objects.create(service=known, number=number, from_abroad=answer)
        exported = "".join(export_lines())
        plan = plan_import(exported)
        assert [one.service.key for one in plan.unchanged] == ["loket"]
        SupportService.objects.all().delete()
        write(exported)
        again = SupportService.objects.get()
        assert (again.name, again.languages, again.is_free) == (normal(name), languages, free)
        assert [one.service.key for one in plan_import(exported).unchanged] == ["loket"]
