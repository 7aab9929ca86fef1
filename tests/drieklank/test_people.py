"""People in the admin: known by their address, greeted in their language, written down when they change."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from core.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "drie klanken een akkoord"


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("beheer@example.org", PASSWORD))
    return client


def person(**changes: Any) -> dict[str, Any]:
    return {
        "email": "Noa@Example.org",
        "first_name": "Noa",
        "last_name": "Maes",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "preferred_language": "de",
        **changes,
    }


def test_an_administrator_makes_an_account_and_its_owner_is_greeted_in_their_language(admin: Client) -> None:
    page = admin.get("/admin/users/new/").content.decode()
    assert 'name="preferred_language"' in page
    assert 'name="username"' not in page
    editors = Group.objects.get(name="Editors")
    response = admin.post("/admin/users/new/", person(groups=[editors.pk]))
    assert response["Location"] == "/admin/users/"
    user = User.objects.get(email="noa@example.org")
    assert list(user.groups.all()) == [editors]
    own = Client()
    own.post("/nl/accounts/login/", {"login": "NOA@example.org", "password": PASSWORD})
    assert '<html lang="de"' in own.get("/admin/", headers={"accept-language": "nl"}).content.decode()


@pytest.mark.parametrize("language", ["nl", "de", "fr"])
def test_without_a_choice_the_admin_speaks_the_browsers_language(admin: Client, language: str) -> None:
    page = admin.get("/admin/", headers={"accept-language": language}).content.decode()
    assert f'<html lang="{language}"' in page


@pytest.mark.parametrize("email", ["beheer@example.org", "BEHEER@example.org"])
def test_an_address_that_is_taken_is_said_once_at_the_field(admin: Client, email: str) -> None:
    response = admin.post("/admin/users/new/", person(email=email), headers={"accept-language": "nl"})
    assert response.context["form"].errors == {"email": ["Er is al iemand met dit e-mailadres."]}


def test_an_administrator_changes_somebodys_language(admin: Client) -> None:
    admin.post("/admin/users/new/", person())
    user = User.objects.get(email="noa@example.org")
    page = admin.get(f"/admin/users/edit/{user.pk}/")
    assert page.context["form"].initial["preferred_language"] == "de"
    admin.post(
        f"/admin/users/edit/{user.pk}/",
        person(preferred_language="fr", password1="", password2="", is_active="on"),
    )
    user = User.objects.get(email="noa@example.org")
    assert user.wagtail_userprofile.preferred_language == "fr"
    assert user.check_password(PASSWORD)


def account(**changes: Any) -> dict[str, Any]:
    return {
        "name_email-first_name": "Beate",
        "name_email-last_name": "Heer",
        "name_email-email": "beheer@example.org",
        "locale-preferred_language": "nl",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        **changes,
    }


def test_ones_own_address_is_kept_in_small_letters_and_signs_in(admin: Client) -> None:
    response = admin.post("/admin/account/", account(**{"name_email-email": "Beate@Example.ORG"}))
    assert response.status_code == 302
    assert User.objects.get().email == "beate@example.org"


def test_ones_own_address_cannot_be_somebody_elses(admin: Client) -> None:
    User.objects.create_user("noa@example.org", PASSWORD)
    response = admin.post("/admin/account/", account(**{"name_email-email": "NOA@example.org"}))
    assert response.status_code == 200
    assert User.objects.filter(email="beheer@example.org").exists()
    assert "Er is al iemand met dit e-mailadres." in response.content.decode()


def test_ones_own_language_changes_the_admin_at_once(admin: Client) -> None:
    admin.post("/admin/account/", account(**{"locale-preferred_language": "fr"}))
    assert '<html lang="fr"' in admin.get("/admin/", headers={"accept-language": "nl"}).content.decode()


def test_the_account_page_leads_to_the_second_factor(admin: Client) -> None:
    assert "/accounts/2fa/" in admin.get("/admin/account/").content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", ["Inloggen", "Ingelogd"]),
        ("de", ["Anmeldung", "Angemeldet"]),
        ("fr", ["Connexion", "Connecté·e"]),
    ],
)
def test_the_history_shows_who_signed_in(admin: Client, language: str, words: list[str]) -> None:
    user = User.objects.create_superuser("noa@example.org", PASSWORD)
    Client().post("/nl/accounts/login/", {"login": user.email, "password": PASSWORD})
    page = admin.get("/admin/reports/site-history/", headers={"accept-language": language}).content.decode()
    assert all(word in page for word in words)


def test_the_list_of_people_calls_an_address_an_address(admin: Client) -> None:
    page = admin.get("/admin/users/", headers={"accept-language": "nl"}).content.decode()
    assert "E-mailadres" in page
    assert "Gebruikersnaam" not in page
