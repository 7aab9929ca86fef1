"""People hear of work on translations, once, in their language."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail_localize.models import Translation

from core.translations import (
    send_for_translation,
    submit_for_approval,
)
from tests.core.translations.desk import republish
from tests.factories.people import PersonFactory
from tests.factories.translations import locale, send, target

pytestmark = pytest.mark.django_db


def test_translators_hear_of_work_in_their_language(
    story: Any, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    translator = PersonFactory(group="Translators", language="fr")
    editor = PersonFactory(group="Editors")
    with django_capture_on_commit_callbacks(execute=True):
        send_for_translation(story, [locale("de"), locale("fr")], editor)
    (mail,) = mailoutbox
    assert mail.to == [translator.email]
    assert mail.subject == "À traduire : 2 pages"
    for translation in Translation.objects.all():
        assert reverse("wagtailadmin_pages:edit", args=[target(translation).pk]) in mail.body


def test_translators_hear_of_a_change_once(
    story: Any, german: Translation, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    PersonFactory(group="Translators", language="de")
    for title in ("Mila en de brug", "Mila over de brug"):
        with django_capture_on_commit_callbacks(execute=True):
            republish(story, title=title)
    assert len(mailoutbox) == 1
    assert "Het verhaal van Mila auf Deutsch" in mailoutbox[0].body


def test_a_mail_server_that_is_down_stops_nobody(
    story: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any, caplog: Any
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("core.translations.mail.send_mail", refuse)
    person = PersonFactory(group="Translators")
    with django_capture_on_commit_callbacks(execute=True):
        send(story)
    assert Translation.objects.count() == 1
    assert f"user {person.pk}" in caplog.text
    assert person.email not in caplog.text


def test_moderators_hear_of_a_submission_in_their_language(german: Translation, mailoutbox: Any) -> None:
    moderator = PersonFactory(group="Moderators", language="fr")
    submit_for_approval(german, PersonFactory(group="Translators"))
    assert [mail.to for mail in mailoutbox] == [[moderator.email]]
    assert "soumis" in mailoutbox[0].subject
