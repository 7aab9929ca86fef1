"""Signing in: by password and second factor, by passkey, and by a new password that comes by mail."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from wagtail.models import ModelLogEntry

from core.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "drie klanken een akkoord"
SECRET = "JBSWY3DPEHPK3PXP"
SENTENCES = {
    "nl": "Dit e-mailadres en wachtwoord horen niet bij elkaar.",
    "de": "Diese E-Mail-Adresse und dieses Passwort gehören nicht zusammen.",
    "fr": "Cette adresse e-mail et ce mot de passe ne vont pas ensemble.",
}


@pytest.fixture(autouse=True)
def no_attempts_counted() -> None:
    cache.clear()


@pytest.fixture
def user() -> User:
    return User.objects.create_superuser("Mia@Example.org", PASSWORD)


def sign_in(client: Client, email: str = "mia@example.org", password: str = PASSWORD, **extra: Any) -> Any:
    return client.post("/nl/accounts/login/", {"login": email, "password": password, **extra})


def code_now() -> str:
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def actions(user: User) -> list[str]:
    return list(
        ModelLogEntry.objects.filter(object_id=str(user.pk)).order_by("pk").values_list("action", flat=True)
    )


def test_email_and_password_open_the_admin(client: Client, user: User) -> None:
    response = sign_in(client, "MIA@example.ORG")
    assert response.status_code == 302
    assert response["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert actions(user)[-1] == "access.sign_in"


@pytest.mark.parametrize("language", ["nl", "de", "fr"])
def test_unknown_person_and_wrong_password_get_the_same_answer(
    client: Client, user: User, language: str
) -> None:
    answers = []
    for email in ("mia@example.org", "nobody@example.org"):
        response = client.post(f"/{language}/accounts/login/", {"login": email, "password": "wrong password"})
        assert response.status_code == 200
        assert SENTENCES[language] in response.content.decode()
        answers.append(re.sub(r'value="[^"]*"', "", response.content.decode()))
    assert answers[0] == answers[1]
    assert not signed_in(client)
    assert actions(user) == ["access.sign_in_failed"]


def test_after_five_wrong_passwords_the_right_one_has_to_wait(client: Client, user: User) -> None:
    with time_machine.travel("2026-03-02T10:00:00Z", tick=False) as clock:
        for __ in range(5):
            sign_in(client, password="wrong password")
        assert "Wacht vijf minuten" in sign_in(client).content.decode()
        assert not signed_in(client)
        clock.shift(301)
        sign_in(client)
        assert signed_in(client)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_a_foreign_next_is_not_followed(client: Client, user: User, target: str) -> None:
    assert sign_in(client, next=target)["Location"] == "/admin/"


def test_an_own_next_is_followed(client: Client, user: User) -> None:
    response = client.get("/admin/pages/", headers={"accept-language": "de"})
    assert response["Location"] == "/de/accounts/login/?next=/admin/pages/"
    assert 'value="/admin/pages/"' in client.get(response["Location"]).content.decode()
    assert sign_in(client, next="/admin/pages/")["Location"] == "/admin/pages/"


def test_signing_out_takes_a_post(client: Client, user: User) -> None:
    sign_in(client)
    assert client.get("/nl/accounts/logout/").status_code == 200
    assert signed_in(client)
    client.post("/nl/accounts/logout/")
    assert not signed_in(client)


def test_a_closed_account_is_told_so_and_stays_out(client: Client, user: User) -> None:
    User.objects.update(is_active=False)
    response = sign_in(client)
    assert response["Location"] == "/nl/accounts/inactive/"
    assert client.get(response["Location"]).status_code == 200
    assert not signed_in(client)


def test_without_access_to_the_admin_one_gets_a_clear_page_and_no_circle(client: Client) -> None:
    User.objects.create_user("reader@example.org", PASSWORD)
    assert sign_in(client, "reader@example.org")["Location"] == "/"
    response = client.get("/admin/", headers={"accept-language": "de"})
    assert response.status_code == 403
    assert "Diese Seite dürfen Sie nicht sehen" in response.content.decode()


def test_an_app_asks_for_its_code_before_anything_opens(client: Client, user: User) -> None:
    TOTP.activate(user, SECRET)
    response = sign_in(client, next="/admin/pages/")
    assert response["Location"].startswith("/nl/accounts/2fa/authenticate/")
    assert not signed_in(client)
    assert client.get("/admin/").status_code == 302
    client.post("/nl/accounts/2fa/authenticate/", {"code": "000000"})
    assert not signed_in(client)
    response = client.post("/nl/accounts/2fa/authenticate/", {"code": code_now()})
    assert response["Location"] == "/admin/pages/"
    assert signed_in(client)
    assert actions(user)[-2:] == ["access.code_failed", "access.sign_in"]
    assert ModelLogEntry.objects.latest("pk").data == {"methods": ["password", "totp"]}


def test_a_recovery_code_works_once(client: Client, user: User) -> None:
    TOTP.activate(user, SECRET)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    sign_in(client)
    client.post("/nl/accounts/2fa/authenticate/", {"code": code})
    assert signed_in(client)
    other = Client()
    sign_in(other)
    assert other.post("/nl/accounts/2fa/authenticate/", {"code": code}).status_code == 200
    assert not signed_in(other)


def test_secrets_of_the_second_factor_are_encrypted(user: User) -> None:
    TOTP.activate(user, SECRET)
    codes = RecoveryCodes.activate(user).get_unused_codes()
    held = " ".join(str(authenticator.data) for authenticator in Authenticator.objects.all())
    assert SECRET not in held
    assert codes[0] not in held
    assert held.count("fernet:") == 2


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "email/",
        "confirm-email/",
        "password/change/",
        "password/set/",
        "login/code/",
        "3rdparty/",
        "2fa/trust/",
    ],
)
def test_what_nobody_needs_is_not_there(client: Client, path: str) -> None:
    assert client.get(f"/nl/accounts/{path}").status_code == 404


@pytest.mark.parametrize("path", ["/admin/login/", "/nl/_util/login/"])
def test_wagtails_own_sign_in_leads_to_ours_and_signs_nobody_in(
    client: Client, user: User, path: str
) -> None:
    TOTP.activate(user, SECRET)
    assert client.get(f"{path}?next=/admin/pages/")["Location"].endswith(
        "/accounts/login/?next=/admin/pages/"
    )
    client.post(path, {"username": "mia@example.org", "password": PASSWORD})
    assert not signed_in(client)


@pytest.mark.parametrize("path", ["/admin/password_reset/", "/admin/password_reset/done/"])
def test_wagtails_own_password_reset_leads_to_ours(client: Client, path: str) -> None:
    assert client.get(path)["Location"].endswith("/accounts/password/reset/")


@pytest.mark.parametrize(("asked", "language"), [("de-AT,de;q=0.9", "de"), ("fr", "fr"), ("ja", "nl")])
def test_the_sign_in_page_speaks_the_browsers_language(client: Client, asked: str, language: str) -> None:
    response = client.get("/accounts/login/?next=/admin/", headers={"accept-language": asked})
    assert response["Location"] == f"/{language}/accounts/login/?next=/admin/"
    assert f'<html lang="{language}"' in client.get(response["Location"]).content.decode()


def test_passkey_login_starts_with_a_challenge_that_asks_for_fingerprint_or_pin(client: Client) -> None:
    options = client.get("/nl/accounts/2fa/webauthn/login/", headers={"accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["userVerification"] == "required"


@pytest.mark.parametrize(
    "answer",
    ["", "{}", '{"id": "x"}', '{"response": []}', "[1]", '{"id": "eA", "rawId": "eA", "response": {}}'],
)
def test_an_answer_that_no_key_gave_signs_nobody_in(client: Client, user: User, answer: str) -> None:
    client.get("/nl/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    response = client.post("/nl/accounts/2fa/webauthn/login/", {"credential": answer})
    assert response["Location"] == "/nl/accounts/login/"
    assert not signed_in(client)
