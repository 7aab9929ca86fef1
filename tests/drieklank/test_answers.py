"""Every answer that leaves the house: no cookie for a reader, the right policy, and kept no longer than it may be."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.test.client import RequestFactory
from django.urls import resolve
from wagtail.models import PageViewRestriction

from campaigns.models import CampaignPage, ShortUrl
from core.models import User
from drieklank import views
from drieklank.models import HomePage
from stories.models import StoryIndexPage
from tests.factories.campaigns import CampaignFactory
from tests.factories.pages import FactsheetPageFactory, StandardPageFactory, StoryPageFactory

pytestmark = pytest.mark.django_db

PAGES = {  # name of the address: (status, whether a cache between may keep it)
    "/nl/": (200, True),
    "/de/": (200, True),
    "/fr/": (200, True),
    "/nl/levensverhalen/": (200, True),
    "/nl/infobladen/": (200, True),
    "/nl/levensverhalen/mila/": (200, True),
    "/nl/infobladen/huisarts/": (200, True),
    "/nl/over-ons/": (200, True),
    "/nl/limburg-openhartig/": (200, True),
    "/nl/limburg-openhartig/feed/": (200, True),
    "/nl/search/?q=mila": (200, True),
    "/nl/nergens/": (404, False),
    "/nergens/": (302, False),
    "/": (302, False),
    "/levensverhalen/mila/": (302, False),
    "/nl/over-ons": (301, True),
    "/s/openhartig": (302, False),
    "/s/nergens": (404, False),
    "/sitemap.xml": (200, True),
    "/robots.txt": (200, True),
    "/health": (200, False),
    "/.well-known/security.txt": (200, True),
    "/documents/99/nergens.pdf": (404, False),
    "/media/images/nergens.jpg": (404, False),
}


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    """A page of every kind, and the addresses above lead to them."""
    settings.SECURITY_CONTACT = "security@drieklank.example"
    StoryPageFactory(slug="mila", title="Mila")
    FactsheetPageFactory(slug="huisarts")
    about = StandardPageFactory(slug="over-ons")
    campaign = CampaignFactory(name="Limburg Openhartig", slug="limburg-openhartig")
    home = HomePage.objects.get(locale__language_code="nl")
    home.add_child(
        instance=CampaignPage(title="Limburg Openhartig", slug="limburg-openhartig", campaign=campaign)
    )
    ShortUrl.objects.create(code="openhartig", page=about)


@pytest.mark.parametrize("address", PAGES)
def test_a_reader_gets_no_cookie_and_strict_rules(client: Client, address: str) -> None:
    status, kept = PAGES[address]
    response = client.get(address)
    assert response.status_code == status
    assert not response.cookies
    assert "sessionid" not in client.cookies
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert ("public" in response["Cache-Control"]) is kept
    assert ("no-store" in response["Cache-Control"]) is not kept


@pytest.mark.parametrize("address", [address for address, (__, kept) in PAGES.items() if kept])
def test_nothing_is_kept_for_longer_than_minutes(client: Client, address: str) -> None:
    """What is withdrawn has to be gone everywhere soon."""
    seconds = re.search(r"max-age=(\d+)", client.get(address)["Cache-Control"])
    assert seconds
    assert int(seconds[1]) <= 300


@pytest.mark.parametrize("address", ["/nl/", "/nl/levensverhalen/mila/", "/nl/search/?q=mila"])
def test_what_somebody_signed_in_reads_is_kept_nowhere(client: Client, address: str) -> None:
    client.force_login(User.objects.create_superuser("mia@example.org", "drie klanken een akkoord"))
    assert client.get(address)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["/admin/", "/admin/pages/", "/admin/nergens/", "/admin/login/"])
def test_the_admin_is_kept_nowhere_and_framed_by_nobody_else(client: Client, address: str) -> None:
    client.force_login(User.objects.create_superuser("mia@example.org", "drie klanken een akkoord"))
    response = client.get(address)
    assert "no-store" in response["Cache-Control"]
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "form-action 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address", ["/nl/accounts/login/", "/de/accounts/password/reset/", "/fr/accounts/inactive/"]
)
def test_the_sign_in_pages_are_as_strict_as_any(client: Client, address: str) -> None:
    response = client.get(address)
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    page = response.content.decode()
    assert not re.search(r"<script(?![^>]* src=)(?![^>]*application/json)", page)
    assert not re.search(r"<[^>]+ (style|on\w+)=", page)


def test_a_page_behind_a_password_is_kept_nowhere(client: Client) -> None:
    page = StandardPageFactory(slug="besloten")
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="brug"
    )
    response = client.get("/nl/besloten/")
    assert b"Iedere ochtend" not in response.content
    assert "no-store" in response["Cache-Control"]


def test_a_page_for_signed_in_people_asks_at_our_door(client: Client) -> None:
    page = StandardPageFactory(slug="besloten")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    response = client.get("/nl/besloten/")
    assert response["Location"] == "/nl/accounts/login/?next=/nl/besloten/"
    assert "no-store" in response["Cache-Control"]


def test_in_production_addresses_without_tls_lead_to_those_with_it(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 3600
    response = client.get("/nl/")
    assert response["Location"] == "https://testserver/nl/"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "max-age=3600" in client.get("/nl/", secure=True)["Strict-Transport-Security"]


def test_security_txt_says_whom_to_tell_for_half_a_year(client: Client, settings: Any) -> None:
    with time_machine.travel("2026-03-02T10:30:00Z", tick=False):
        lines = client.get("/.well-known/security.txt").content.decode().splitlines()
    assert lines == [
        "Contact: mailto:security@drieklank.example",
        "Expires: 2026-08-29T00:00:00Z",
        "Preferred-Languages: nl, de, fr, en",
        "Canonical: http://testserver/.well-known/security.txt",
    ]
    settings.SECURITY_CONTACT = "https://drieklank.example/nl/veiligheid/"
    assert (
        b"Contact: https://drieklank.example/nl/veiligheid/"
        in client.get("/.well-known/security.txt").content
    )
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


def test_health_tells_no_more_than_that(client: Client) -> None:
    assert client.get("/health").content == b"ok\n"


# --- error pages ----------------------------------------------------------------------------------------

FORM_EXPIRED = {
    "nl": "Dit formulier is verlopen",
    "de": "Dieses Formular ist abgelaufen",
    "fr": "Ce formulaire a expiré",
}


@pytest.mark.parametrize("language", ["nl", "de", "fr"])
def test_a_missing_page_says_so_in_the_language_of_the_address(client: Client, language: str) -> None:
    response = client.get(f"/{language}/nergens/", headers={"accept-language": "en"})
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize("language", ["nl", "de", "fr"])
def test_a_missing_page_without_language_speaks_the_browsers(client: Client, language: str) -> None:
    response = client.get("/media/images/nergens.jpg", headers={"accept-language": language})
    assert response.status_code == 404
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize("language", ["nl", "de", "fr"])
def test_a_form_that_was_open_too_long_says_what_to_do(language: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(f"/{language}/accounts/login/", {"login": "mia@example.org", "password": "x"})
    assert response.status_code == 403
    assert FORM_EXPIRED[language] in response.content.decode()


def test_an_error_of_ours_is_told_in_three_languages_without_the_database(
    client: Client, monkeypatch: Any
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("token=hunter2")

    client.raise_request_exception = False
    monkeypatch.setattr(HomePage, "serve", broken)
    response = client.get("/nl/")
    assert response.status_code == 500
    page = response.content.decode()
    assert {"nl", "de", "fr"} <= set(re.findall(r'lang="(\w\w)"', page))
    assert "hunter2" not in page
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


def test_the_page_for_errors_asks_the_database_nothing(django_assert_num_queries: Any) -> None:
    request = RequestFactory().get("/nl/")
    with django_assert_num_queries(0):
        assert views.server_error(request).status_code == 500


def test_every_error_has_a_page_of_the_house() -> None:
    from drieklank import urls

    for name in ("handler400", "handler403", "handler404", "handler429", "handler500"):
        assert getattr(urls, name).startswith("drieklank.views."), name
    assert resolve("/health").func is views.health


def test_the_sitemap_lists_what_is_no_page_too_in_every_language_that_is_online(client: Client) -> None:
    listed = client.get("/sitemap.xml").content.decode()
    assert "/nl/my-network/</loc>" in listed
    assert "/nl/story-figures/</loc>" in listed
    assert "/fr/recits-de-vie/</loc>" in listed
    assert "/de/my-network/</loc>" in listed
    StoryIndexPage.objects.get(locale__language_code="de").unpublish()
    listed = client.get("/sitemap.xml").content.decode()
    assert "/de/my-network/</loc>" not in listed, "nothing of the German stories is online now"
