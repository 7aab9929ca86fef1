"""A new password comes by mail, to the right person alone, and changes nothing else."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import cache
from django.test import Client
from wagtail.models import ModelLogEntry

from core.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "drie klanken een akkoord"
OTHER_PASSWORD = "een heel ander akkoord"


@pytest.fixture(autouse=True)
def no_attempts_counted() -> None:
    cache.clear()


@pytest.fixture
def user() -> User:
    return User.objects.create_superuser("mia@example.org", PASSWORD)


def sign_in(client: Client, password: str, email: str = "mia@example.org") -> Any:
    return client.post("/nl/accounts/login/", {"login": email, "password": password})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def ask(client: Client, email: str = "mia@example.org", language: str = "nl") -> Any:
    return client.post(f"/{language}/accounts/password/reset/", {"email": email})


def link_in_mail() -> str:
    found = re.search(r"http://testserver(\S+/key/\S+)", str(mail.outbox[-1].body))
    assert found
    return found.group(1)


def set_new_password(client: Client, address: str, password: str) -> Any:
    form = client.get(address, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": password, "password2": password})


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("nl", "Uw link voor een nieuw wachtwoord"),
        ("de", "Ihr Link für ein neues Passwort"),
        ("fr", "Votre lien pour un nouveau mot de passe"),
    ],
)
def test_a_new_password_comes_by_mail(client: Client, user: User, language: str, subject: str) -> None:
    response = ask(client, language=language)
    assert response["Location"] == f"/{language}/accounts/password/reset/done/"
    assert mail.outbox[0].subject == subject
    address = link_in_mail()
    assert address.startswith(f"/{language}/accounts/password/reset/key/")
    set_new_password(client, address, OTHER_PASSWORD)
    assert not signed_in(client)
    sign_in(client, OTHER_PASSWORD)
    assert signed_in(client)
    assert ModelLogEntry.objects.filter(action="access.password_reset", object_id=str(user.pk)).exists()
    used = client.get(address, follow=True)
    assert "password1" not in used.content.decode()


def test_a_reset_link_ends_after_a_day(client: Client, user: User) -> None:
    with time_machine.travel("2026-03-02T10:00:00Z", tick=False) as clock:
        ask(client)
        address = link_in_mail()
        clock.shift(24 * 3600 + 1)
        assert "password1" not in client.get(address, follow=True).content.decode()


def test_a_new_password_does_not_replace_the_second_factor(client: Client, user: User) -> None:
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    ask(client)
    set_new_password(
        client,
        link_in_mail(),
        OTHER_PASSWORD,
    )
    response = sign_in(client, OTHER_PASSWORD)
    assert response["Location"].startswith("/nl/accounts/2fa/authenticate/")
    assert not signed_in(client)


def test_asking_for_a_password_tells_nobody_who_has_an_account(client: Client, user: User) -> None:
    answers = [ask(client, email) for email in ("mia@example.org", "nobody@example.org")]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert [message.to for message in mail.outbox] == [["mia@example.org"], ["nobody@example.org"]]
    assert "/key/" not in str(mail.outbox[1].body)


def test_three_reset_mails_an_hour_are_enough(client: Client, user: User) -> None:
    for __ in range(3):
        ask(client)
    response = ask(client)
    assert response.status_code == 429
    assert len(mail.outbox) == 3


def test_after_a_change_of_address_the_old_one_opens_nothing(client: Client, user: User) -> None:
    ask(client)
    assert not EmailAddress.objects.exists()
    user.email = "mia.nieuw@example.org"
    user.save()
    sign_in(client, PASSWORD)
    assert not signed_in(client)
    ask(client)
    assert "/key/" not in str(mail.outbox[-1].body)
    sign_in(client, PASSWORD, "mia.nieuw@example.org")
    assert signed_in(client)
