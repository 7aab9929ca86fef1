"""The texts of the interface are there in Dutch, German and French, whole and in good order."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.apps import apps
from django.utils.translation import gettext, ngettext, override, trans_real

from scripts import messages
from scripts.messages import LANGUAGES


@pytest.fixture(scope="module", params=messages.DOMAINS)
def domain(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def source(domain: str) -> Catalog:
    return messages.gather(domain)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str, domain: str, source: Catalog) -> None:
    catalogue = messages.read_catalogue(messages.catalogue_path(language, domain), language)
    assert messages.problems(catalogue, source)[:20] == []  # the first ones tell enough


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("nl", re.compile(r"\b(?:je|jij|jouw|jullie)\b", re.IGNORECASE)),
        ("de", re.compile(r"\b(?:du|dein\w*|dich|dir)\b", re.IGNORECASE)),
        ("fr", re.compile(r"\b(?:tu|ton|ta|tes|toi)\b|\w'\w", re.IGNORECASE)),  # and no straight apostrophe
    ],
)
def test_people_are_addressed_politely(language: str, wrong: re.Pattern[str], domain: str) -> None:
    catalogue = messages.read_catalogue(messages.catalogue_path(language, domain), language)
    texts = [form for message in catalogue if message.id for form in messages.forms(message.string)]
    assert [text for text in texts if wrong.search(re.sub(r"<[^>]+>|\{[^}]+\}|%\(\w+\)s", "", text))] == []


def catalogue_of(**texts: str) -> Catalog:
    catalogue = Catalog(locale="nl")
    for text, translation in texts.items():
        catalogue.add(text, translation)
    return catalogue


def test_a_text_that_is_missing_is_found() -> None:
    (problem,) = messages.problems(catalogue_of(), catalogue_of(page=""))
    assert problem == "not in the catalogue: 'page'"


def test_a_text_that_is_gone_is_found() -> None:
    (problem,) = messages.problems(catalogue_of(page="pagina"), catalogue_of())
    assert problem == "no longer in the source: 'page'"


def test_an_empty_translation_is_found() -> None:
    (problem,) = messages.problems(catalogue_of(page=""), catalogue_of(page=""))
    assert problem == "not translated: 'page'"


def test_a_guess_of_a_machine_is_found() -> None:
    catalogue = catalogue_of(page="pagina")
    catalogue["page"].flags.add("fuzzy")
    assert messages.problems(catalogue, catalogue_of(page="")) == ["fuzzy: 'page'"]


@pytest.mark.parametrize(
    "translation", ["%(aantal)s pagina’s", "pagina’s", "%(count)s van %(count)s pagina’s"]
)
def test_a_placeholder_that_differs_is_found(translation: str) -> None:
    text = "%(count)s pages"
    catalogue = Catalog(locale="nl")
    catalogue.add(text, translation)
    source = Catalog(locale="nl")
    source.add(text)
    (problem,) = messages.problems(catalogue, source)
    assert "placeholders" in problem


def test_texts_are_found_in_code_and_in_every_kind_of_template_tag(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stories" / "migrations").mkdir(parents=True)
    (tmp_path / "stories" / "migrations" / "0001.py").write_text('_("from a migration")')
    (tmp_path / "stories" / "models.py").write_text(
        'a = _("one")\nb = ngettext_lazy("%(n)s two", "%(n)s twos", 2)\nc = pgettext("month", "May")\n'
    )
    (tmp_path / "stories" / "page.html").write_text(
        "{% load i18n %}\n"
        "  <p>It's {% translate 'three' %} – “quoted”</p>\n"
        "{% blocktranslate trimmed count n=x %}\n   {{ n }} four\n{% plural %} {{ n }} fours {% endblocktranslate %}\n"
        '    {% include "x.html" with label=_("five") %} {{ y|default:_("six") }}\n'
    )
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    found = {message.id for message in messages.gather("django") if message.id}
    assert found == {
        "one",
        ("%(n)s two", "%(n)s twos"),
        "May",
        "three",
        ("%(n)s four", "%(n)s fours"),
        "five",
        "six",
    }


def test_bringing_up_to_date_keeps_translations_and_drops_what_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "nl" / "LC_MESSAGES" / "django.po"
    messages.update(path, "nl", catalogue_of(page="", gone=""))
    path.write_text(path.read_text().replace('msgid "page"\nmsgstr ""', 'msgid "page"\nmsgstr "pagina"'))
    messages.update(path, "nl", catalogue_of(page="", fresh=""))
    catalogue = messages.read_catalogue(path, "nl")
    assert {message.id: message.string for message in catalogue if message.id} == {
        "page": "pagina",
        "fresh": "",
    }
    before = path.read_bytes()
    messages.update(path, "nl", catalogue_of(page="", fresh=""))
    assert path.read_bytes() == before


def test_what_was_compiled_is_what_people_read() -> None:
    with override("de"):
        assert gettext("life story") == "Lebensgeschichte"
    with override("fr"):
        assert gettext("life story") == "récit de vie"
        assert ngettext("%(num)d day", "%(num)d days", 0) == "%(num)d jour"


# Programmers and other frameworks read these, nobody who works on the site does.
UNSEEN = re.compile(
    r"/(?:migrations|tests)/|/apps\.py$|django/contrib/auth/(?:admin|forms)\.py$|django_tasks|taggit/serializers\.py$"
    r"|wagtail/(?:contrib|locales|test)/|wagtail_localize/modeladmin/|allauth/(?:headless|idp|socialaccount|usersessions)/"
    r"|site-packages/leaflet/"
)


@lru_cache
def texts_of_libraries() -> set[tuple[str, str]]:
    """(catalogue key, English) of every text in the installed apps of others that people may see."""
    folders = {Path(app.path) for app in apps.get_app_configs() if "site-packages" in app.path}
    outermost = {folder for folder in folders if not folders & set(folder.parents)}
    texts = set()
    for path in (path for folder in outermost for path in folder.rglob("*")):
        if path.suffix in messages.DOMAINS["django"] and not UNSEEN.search(str(path)):
            for text, context in messages.texts_in(path):
                first = messages.forms(text)[0]
                texts.add((f"{context}\x04{first}" if context else first, first))
    return {(key, text) for key, text in texts if text.strip()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_libraries_speak_our_languages_too(language: str) -> None:
    with override(language):
        catalogue = trans_real.catalog()._catalog  # gettext cannot tell "not there" from "the same"
    missing = [
        text for key, text in texts_of_libraries() if key not in catalogue and (key, 0) not in catalogue
    ]
    assert sorted(missing) == []
