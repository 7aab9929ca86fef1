"""Every view of ours, asked for by everybody: open to those the table names, closed to all others."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from core.models import User
from tests.examples_for_views import values_for
from tests.factories.people import PersonFactory
from tests.permission_table import (
    ADMINISTRATORS,
    GROUPS,
    OPEN_TO,
    WAGTAILS_OWN,
    is_public,
    open_to,
)
from tests.views_of_ours import View, views_of_ours

NOBODY, VISITOR = "somebody without rights", "a visitor"


def guarded() -> list[View]:
    return [
        view
        for view in views_of_ours()
        if not is_public(view.route) and not any(part in view.route for part in WAGTAILS_OWN)
    ]


def test_every_view_has_a_row() -> None:
    missing = [view.route for view in guarded() if not _has_row(view.route)]
    assert not missing, "say in tests/permission_table.py who may open these"


def test_every_place_has_an_example() -> None:
    missing = [view.route for view in guarded() if view.places and not _has_example(view.route)]
    assert not missing, "add one to tests/examples_for_views.py"


def test_no_row_is_left_over() -> None:
    routes = [f"{view.route}<list>" for view in views_of_ours()]
    assert [row for row in OPEN_TO if not any(route.startswith(row) for route in routes)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("who", [VISITOR, NOBODY, *GROUPS, ADMINISTRATORS])
def test_each_view_opens_to_those_it_should(who: str) -> None:
    client, wrong = signed_in(who), []
    for view in guarded():
        point = transaction.savepoint()
        answer = ask(client, view)
        if refused(answer) == (who in open_to(view.route)):
            wrong.append(f"{view.route}: {answer.status_code}")
        elif not refused(answer) and answer.status_code >= 500:
            wrong.append(f"{view.route}: breaks with {answer.status_code}")
        transaction.savepoint_rollback(point)
    assert wrong == []


def signed_in(who: str) -> Client:
    client = Client()
    if who == ADMINISTRATORS:
        client.force_login(User.objects.create_superuser("beheer@example.org", "drie klanken een akkoord"))
    elif who != VISITOR:
        client.force_login(PersonFactory(group=None if who == NOBODY else who))
    return client


def ask(client: Client, view: View) -> Any:
    """What a person gets who opens it; what only takes answers to a form gets an empty one."""
    address = view.address(values_for(view.route) if view.places else {})
    answer = client.get(address)
    if answer.status_code != 405:
        return answer
    return client.put(address) if "PUT" in answer.headers.get("Allow", "") else client.post(address)


def refused(answer: HttpResponse) -> bool:
    """Wagtail leads whom it refuses to the sign-in, or back to the first page of the admin with a sentence."""
    to = answer.headers.get("Location", "")
    return answer.status_code == 403 or to == "/admin/" or "/login/" in to


def _has_row(route: str) -> bool:
    try:
        return bool(open_to(route))
    except LookupError:
        return False


def _has_example(route: str) -> bool:
    from tests.examples_for_views import EXAMPLES

    return any(route.startswith(beginning) for beginning in EXAMPLES)
