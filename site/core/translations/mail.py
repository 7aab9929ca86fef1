"""Mail about translations, to each person in the language they use the site in.

Wagtail itself tells moderators what was submitted and translators what became of it.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Literal

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from wagtail.admin.mail import send_mail
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

logger = logging.getLogger(__name__)

Event = Literal["arrived", "outdated", "updated", "untranslated", "held"]


def tell_translators(event: Event, translations: Iterable[Translation], by: Any = None) -> None:
    """One mail to everybody who translates, with all pages that concern them. Goes out when the work is saved."""
    pages = _pages(translations)
    if pages:
        transaction.on_commit(lambda: _send(event, pages, "translators", by))


def tell_moderators(event: Event, pages: list[Page]) -> None:
    if pages:
        transaction.on_commit(lambda: _send(event, pages, "moderators", None))


def translators_of(page: Page) -> set[Any]:
    """People who may change this page and not publish it; where there are none, those who may publish."""
    policy = PagePermissionPolicy()
    publishers = set(policy.users_with_permission_for_instance("publish", page, include_superusers=False))
    editors = set(policy.users_with_permission_for_instance("change", page, include_superusers=False))
    return (editors - publishers) or publishers


def moderators_of(page: Page) -> set[Any]:
    return set(
        PagePermissionPolicy().users_with_permission_for_instance("publish", page, include_superusers=False)
    )


def _pages(translations: Iterable[Translation]) -> list[Page]:
    wanted = {(translation.source.object_id, translation.target_locale_id) for translation in translations}
    pages = Page.objects.filter(translation_key__in={key for key, __ in wanted}).select_related("locale")
    return [page for page in pages if (page.translation_key, page.locale_id) in wanted]


def _send(event: Event, pages: list[Page], whom: str, by: Any) -> None:
    find = translators_of if whom == "translators" else moderators_of
    work: dict[Any, list[Page]] = defaultdict(list)
    for page in pages:
        for person in find(page):
            if person != by and person.is_active and person.email:
                work[person].append(page)
    for person, theirs in work.items():
        with override(UserProfile.get_for_user(person).get_preferred_language()):
            context = {
                "event": event,
                "person": person,
                "by": by,
                "pages": [(page, settings.WAGTAILADMIN_BASE_URL + _edit(page)) for page in theirs],
            }
            subject = render_to_string("core/translations/mail_subject.txt", context).strip()
            text = render_to_string("core/translations/mail.txt", context)
        try:
            send_mail(subject, text, [person.email])
        except (
            OSError
        ):  # the work itself is saved, and the report shows it: a mail server that is down stops nobody
            logger.exception("No mail to user %s about translations", person.pk)


def _edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
