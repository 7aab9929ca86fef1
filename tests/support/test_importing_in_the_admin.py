"""An editor chooses a file, looks at what it would change, and confirms or throws it away."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from support.models import ServiceImport, SupportService
from tests.factories.people import PersonFactory
from tests.support.files import LOKET, file_of, service

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(PersonFactory(group="Editors"))
    return client


def choose(client: Client, text: str, name: str = "diensten.csv") -> str:
    upload = SimpleUploadedFile(name, text.encode("cp1252"))
    answer = client.post(reverse("support_import"), {"file": upload})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def fingerprint_in(page: str) -> str:
    return re.findall(r'name="fingerprint" value="(\w+)"', page)[0]


def test_an_editor_looks_and_confirms(editor: Client) -> None:
    service(hours="24/7")
    preview = choose(editor, file_of(LOKET, "b;online;Café;NL;;"))
    page = editor.get(preview).content.decode()
    assert "<del>24/7</del>" in page
    assert "<ins>Mo-Fr 09:00-17:00</ins>" in page
    assert "Café" in page
    assert SupportService.objects.get().hours == "24/7"
    answer = editor.post(preview, {"fingerprint": fingerprint_in(page)}, follow=True)
    assert "1 dienst toegevoegd, 1 dienst gewijzigd." in answer.content.decode()
    assert SupportService.objects.count() == 2
    assert not ServiceImport.objects.exists()


def test_confirming_twice_or_late_writes_once(editor: Client) -> None:
    preview = choose(editor, file_of(LOKET))
    seen = fingerprint_in(editor.get(preview).content.decode())
    service(name="Van iemand anders")
    answer = editor.post(preview, {"fingerprint": seen}, follow=True)
    assert "Er is niets weggeschreven" in answer.content.decode()
    assert SupportService.objects.get().name == "Van iemand anders"
    editor.post(preview, {"fingerprint": fingerprint_in(editor.get(preview).content.decode())})
    assert editor.post(preview, {"fingerprint": seen}).status_code == 404


def test_a_preview_with_refused_lines_cannot_be_confirmed_and_can_be_thrown_away(editor: Client) -> None:
    preview = choose(editor, file_of(LOKET, "b;online;B;NL;soms;"))
    page = editor.get(preview).content.decode()
    assert "“soms”" in page
    assert "Dit alles wegschrijven" not in page
    editor.post(preview, {"fingerprint": fingerprint_in(page)})
    assert not SupportService.objects.exists()
    editor.post(preview, {"discard": "1"})
    assert not ServiceImport.objects.exists()


def test_a_wrong_file_is_told_at_the_field(editor: Client) -> None:
    upload = SimpleUploadedFile("x.xlsx", b"PK\x03\x04")
    page = editor.post(reverse("support_import"), {"file": upload}).content.decode()
    assert "Dit is een rekenblad" in page
    assert not ServiceImport.objects.exists()


def test_a_file_is_seen_by_who_chose_it_alone_and_for_a_day(editor: Client) -> None:
    with time_machine.travel("2026-11-21 12:00"):
        preview = choose(editor, file_of(LOKET))
        other = Client()
        other.force_login(PersonFactory(group="Editors"))
        assert other.get(preview).status_code == 404
    with time_machine.travel("2026-11-22 13:00"):
        choose(editor, file_of(LOKET))
        assert ServiceImport.objects.count() == 1


def test_an_editor_takes_the_directory_home(editor: Client) -> None:
    service()
    answer = editor.get(reverse("support_export"))
    assert b"".join(answer.streaming_content).startswith("\ufeffkey;kind;name".encode())
    listed = editor.get(reverse("support_service:index")).content.decode()
    assert reverse("support_import") in listed
    assert reverse("support_export") in listed


@pytest.mark.parametrize("group", ["Translators", "Campaign staff", "Consent officers", ""])
@pytest.mark.parametrize("name", ["support_import", "support_export"])
def test_others_may_not(client: Client, group: str, name: str) -> None:
    client.force_login(PersonFactory(group=group))
    assert client.get(reverse(name)).status_code in (302, 403)
