"""What tests about translations do over and over."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation


def as_(person: Any) -> Client:
    """A browser in which ``person`` is signed in."""
    client = Client()
    client.force_login(person)
    return client


def messages_of(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def republish(page: Page, **changes: Any) -> None:
    """Publishes the page as it is stored, with ``changes``."""
    page = type(page).objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


def put_text(desk: Client, translation: Translation, segment: StringSegment, text: str) -> Any:
    """Saves one text the way the translation editor does."""
    return desk.put(
        reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]),
        data=f'--x\r\nContent-Disposition: form-data; name="value"\r\n\r\n{text}\r\n--x--\r\n',
        content_type="multipart/form-data; boundary=x",
    )
