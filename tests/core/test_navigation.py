"""Header, footer and head of every page."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client, RequestFactory
from wagtail.models import Site

from core.models import SiteSettings
from core.navigation import site_menu
from drieklank.models import HomePage
from tests.factories.pages import StandardPageFactory, StoryPageFactory

pytestmark = pytest.mark.django_db


def choose_help_page(page: object) -> None:
    site = Site.objects.get(is_default_site=True)
    SiteSettings.objects.update_or_create(site=site, defaults={"help_page": page})


def test_every_page_leads_to_help_in_its_own_language(client: Client) -> None:
    key = uuid4()
    choose_help_page(StandardPageFactory(title="Nu hulp nodig?", slug="hulp", translation_key=key))
    StandardPageFactory(language="de", title="Hilfe", slug="hilfe", translation_key=key)
    assert 'class="help-now" href="/nl/hulp/"' in client.get("/nl/").content.decode()
    assert 'class="help-now" href="/de/hilfe/"' in client.get("/de/").content.decode()


def test_help_in_another_language_is_not_offered(client: Client) -> None:
    choose_help_page(StandardPageFactory(title="Nu hulp nodig?", slug="hulp"))
    assert "help-now" not in client.get("/fr/").content.decode()


def test_pages_in_the_menu_stand_above_the_others_below(rf: RequestFactory) -> None:
    StandardPageFactory(title="Privacy")
    StandardPageFactory(title="Doe mee", show_in_menus=True)
    StandardPageFactory(title="Nog niet", live=False, show_in_menus=True)
    request = rf.get("/nl/")
    menu = site_menu(request, HomePage.objects.get(locale__language_code="nl"))
    assert [entry.title for entry in menu.main] == ["Levensverhalen", "Infobladen", "Doe mee"]
    assert [entry.title for entry in menu.more] == ["Privacy"]


def test_the_menu_marks_where_the_reader_is(rf: RequestFactory) -> None:
    menu = site_menu(rf.get("/nl/"), StoryPageFactory())
    assert [entry.title for entry in menu.main if entry.current] == ["Levensverhalen"]


def test_the_head_says_what_others_show_when_the_page_is_shared(client: Client) -> None:
    story = StoryPageFactory(title="Twaalf jaar", summary="Over een vrouw uit Vaals.", language="de")
    html = client.get(story.url).content.decode()
    assert '<html lang="de">' in html
    assert '<meta name="description" content="Over een vrouw uit Vaals.">' in html
    assert f'<link rel="canonical" href="{story.full_url}">' in html
    assert '<meta property="og:title" content="Twaalf jaar">' in html
    assert '<meta property="og:locale" content="de_DE">' in html
    assert f'hreflang="x-default" href="{story.full_url}"' in html
