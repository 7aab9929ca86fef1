"""What officers record, what nobody else sees, and what is refused with one sentence."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from stories.consent.actions import make_link, officer
from stories.consent.models import AuditEntry, ConsentRecord, ConsentText, NeverChanged, Withdrawal
from stories.consent.purposes import Purpose
from stories.models import StoryPage
from tests.factories.consents import consented_story, real_story
from tests.stories.consent.officers import filled, pdf, record_at, signed_in

pytestmark = pytest.mark.django_db

GROUPS = ["Editors", "Translators", "Moderators", "Campaign staff", None]


@pytest.fixture
def story() -> StoryPage:
    return real_story()


@pytest.fixture
def desk() -> Client:
    return signed_in("Consent officers")


# --- recording --------------------------------------------------------------------------------------


def test_what_was_agreed_to_is_kept_with_its_exact_text(desk: Client, story: StoryPage) -> None:
    record_at(desk, story)
    record = ConsentRecord.objects.get()
    assert record.purposes == {Purpose.WEB, Purpose.TRANSLATION}
    text = record.ticks.get(part="web").text
    ConsentText.objects.create(part="web", language="nl", version=2, text="Iets nieuws.")
    record.refresh_from_db()
    assert record.ticks.get(part="web").text == text
    assert "eigen website" in text.text


def test_who_it_is_stands_nowhere_in_the_database(desk: Client, story: StoryPage) -> None:
    record_at(desk, story)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert "Vermeulen-Dassen" not in str(cursor.fetchall()), table
    page = desk.get(reverse("consent:record", args=[ConsentRecord.objects.get().pk]))
    assert "Vermeulen-Dassen" in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "verplicht"),
        ({"name": "Mila\u202eolleH"}, "onzichtbare tekens"),
        ({"name": "x" * 1_000_000}, "200"),
        ({"email": "", "may_mail": "on"}, "Zonder adres"),
        ({"email": "geen adres"}, "e-mail"),
        ({"until": "2001-01-01"}, "Deze dag is voorbij"),
        ({"until": "2999-01-01"}, "binnen tien jaar"),
        ({"given_on": "2999-01-01"}, "niet in de toekomst"),
        ({"how": "spoken"}, "hoort een getuige"),
        ({"how": "paper"}, "scan of foto"),
        ({"is_minor": "on"}, "Vul de geboortedatum in"),
        ({"is_minor": "on", "birth_date": "1980-01-01"}, "niet jonger dan 18"),
        ({"is_minor": "on", "birth_date": "2015-01-01"}, "Ook een ouder of voogd"),
    ],
)
def test_what_is_not_right_is_said_at_its_field_and_nothing_is_lost(
    changes: dict[str, Any], sentence: str, desk: Client, story: StoryPage
) -> None:
    response = record_at(desk, story, phone="+31 6 000", **changes)
    html = response.content.decode()
    assert sentence in html
    assert "+31 6 000" in html
    assert not ConsentRecord.objects.exists()


def test_an_example_has_no_consent(desk: Client) -> None:
    from tests.factories.pages import StoryPageFactory

    response = desk.post(reverse("consent:choose"), {"story": StoryPageFactory().pk})
    assert "gemerkt als voorbeeld" in response.content.decode()


def test_two_officers_record_the_same_story_and_the_second_is_told(desk: Client, story: StoryPage) -> None:
    record_at(desk, story)
    second = record_at(signed_in("Consent officers"), story, phone="+32 000")
    assert "al vastgelegd" in second.content.decode()
    assert "+32 000" in second.content.decode()
    assert ConsentRecord.objects.count() == 1


def test_two_officers_change_a_record_and_the_second_overwrites_nothing(
    desk: Client, story: StoryPage
) -> None:
    record_at(desk, story)
    record = ConsentRecord.objects.get()
    edit = reverse("consent:edit", args=[record.pk])
    seen = {"seen_version": record.version}
    desk.post(edit, filled(**seen, purposes=["web"]))
    late = signed_in("Consent officers").post(edit, filled(**seen, purposes=["print"], phone="+49 000"))
    assert "intussen aangepast" in late.content.decode()
    assert "+49 000" in late.content.decode()
    assert ConsentRecord.objects.get().purposes == {Purpose.WEB}


# --- who may see it ---------------------------------------------------------------------------------


def places(record: ConsentRecord) -> list[tuple[str, str]]:
    link, __ = make_link(record, officer(None))
    key, pk = record.story_key, record.pk
    return [
        ("get", reverse("consent:index")),
        ("get", reverse("consent:choose")),
        ("get", reverse("consent:story", args=[key])),
        ("get", reverse("consent:add", args=[key])),
        ("get", reverse("consent:record", args=[pk])),
        ("get", reverse("consent:edit", args=[pk])),
        ("get", reverse("consent:evidence", args=[pk])),
        ("get", reverse("consent:make_link", args=[pk])),
        ("post", reverse("consent:make_link", args=[pk])),
        ("post", reverse("consent:revoke_link", args=[link.pk])),
        ("get", reverse("consent:review", args=[pk, "nl"])),
        ("get", reverse("consent:withdraw", args=[pk])),
        ("post", reverse("consent:withdraw", args=[pk])),
        ("get", reverse("consent:withdrawals")),
        ("get", reverse("consent:texts")),
        ("get", reverse("consent:add_text")),
    ]


@pytest.mark.parametrize("group", GROUPS)
def test_nobody_but_officers_sees_a_consent(group: str | None, desk: Client, story: StoryPage) -> None:
    record_at(desk, story, how="paper", evidence=pdf())
    record = ConsentRecord.objects.get()
    outsider = signed_in(group, is_superuser=group is None)
    links = record.links.count()
    for method, address in places(record):
        response = getattr(outsider, method)(address)
        assert response.status_code in (302, 403), address
        assert "Vermeulen" not in response.content.decode()
    assert not Withdrawal.objects.exists()
    assert record.links.count() == links + 1, "the one the test made"
    assert reverse("consent:index") not in outsider.get("/admin/", follow=True).content.decode()


def test_officers_see_all_of_it(desk: Client, story: StoryPage) -> None:
    record_at(desk, story, how="paper", evidence=pdf())
    for method, address in places(ConsentRecord.objects.get())[:-3]:
        assert getattr(desk, method)(address).status_code in (200, 302), address
    assert desk.get(reverse("consent:index")).status_code == 200


def test_an_editor_reads_which_tick_is_missing_and_no_name(desk: Client, story: StoryPage) -> None:
    record_at(desk, story, purposes=["print"])
    moderator = signed_in("Moderators")
    html = moderator.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert "Het vinkje voor “website” ontbreekt" in html
    assert "Vermeulen" not in html


# --- the trail --------------------------------------------------------------------------------------


def test_every_change_leaves_a_line_and_no_line_changes(desk: Client, story: StoryPage) -> None:
    record_at(desk, story)
    record = ConsentRecord.objects.get()
    desk.post(
        reverse("consent:edit", args=[record.pk]), filled(seen_version=record.version, purposes=["print"])
    )
    assert {"created", "agreed", "taken_back"} <= set(AuditEntry.objects.values_list("action", flat=True))
    entry = AuditEntry.objects.first()
    assert entry is not None
    for change in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(NeverChanged):
            change()
    with pytest.raises(NeverChanged):
        AuditEntry.objects.update(action="seen")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE consent_auditentry SET action = 'seen'")


def test_a_text_that_somebody_agreed_to_never_changes() -> None:
    text = ConsentText.objects.first()
    assert text is not None
    text.text = "Iets anders."
    for change in (text.save, text.delete):
        with pytest.raises(NeverChanged):
            change()


def test_a_new_version_of_a_text_holds_for_those_who_agree_from_then_on(
    desk: Client, story: StoryPage
) -> None:
    desk.post(reverse("consent:add_text"), {"part": "web", "language": "nl", "text": "Nieuwe woorden."})
    record_at(desk, story)
    assert ConsentRecord.objects.get().ticks.get(part="web").text.text == "Nieuwe woorden."


def test_a_withdrawal_by_an_officer_takes_the_story_offline(
    desk: Client, django_capture_on_commit_callbacks: Any
) -> None:
    story = consented_story()
    record = ConsentRecord.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("consent:withdraw", args=[record.pk]))
    response = desk.get(reverse("consent:withdrawal", args=[Withdrawal.objects.get().pk]))
    assert "Alles is gewist" in response.content.decode()
    assert Client().get(story.url).status_code == 410
    again = record_at(desk, story)
    assert "definitief" in again.content.decode()


def test_the_language_of_a_text_is_named_in_the_officers_own() -> None:
    story = consented_story([Purpose.WEB])
    officer_in_germany = signed_in("Consent officers", language="de")
    record = ConsentRecord.objects.of_story(story.translation_key).get()
    html = officer_in_germany.get(reverse("consent:record", args=[record.pk])).content.decode()
    assert "Text 1 auf Niederländisch" in html


def test_uses_of_a_story_are_named_in_words(desk: Client) -> None:
    story = consented_story([Purpose.WEB])
    page = desk.get(reverse("consent:story", args=[story.translation_key]))
    html = page.content.decode()
    assert "<strong>Sociale media</strong>: " in html
    assert "social_media" not in html
