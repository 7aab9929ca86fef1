"""Connecting an account by asking its owner: the way there and back, and everything that can be wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.actions import publish_platform_post, tend_accounts
from campaigns.models import PlatformPost, SocialAccount
from campaigns.states import Status
from core.models import User
from tests.factories.campaigns import SocialAccountFactory, scheduled
from tests.fakes.accounts import all_networks, credentials
from tests.fakes.server import FakeServer, Fault

pytestmark = pytest.mark.django_db

ONE_ACCOUNT = ["mastodon", "instagram", "threads", "x"]
SEVERAL = ["facebook", "linkedin"]
ANSWER = "account_of_campaigns:answer"


@pytest.fixture
def server(settings: Any) -> Iterator[FakeServer]:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = True
    with all_networks().running() as running:
        settings.CAMPAIGNS_NETWORK_HOSTS = running.hosts
        names = ("facebook", "instagram", "threads", "linkedin", "x")
        settings.CAMPAIGNS_APPS = {name: {"id": f"{name}-app", "secret": "app-secret"} for name in names}
        yield running


def ask(staff: Client, network: str, server: FakeServer, query: str = "", **typed: str) -> dict[str, str]:
    """Fill in the form and return the parameters of the address that leads to the network."""
    given = {"language": "nl", **({"server": server.address} if network == "mastodon" else {}), **typed}
    page = staff.post(reverse("account_of_campaigns:ask", args=[network]) + query, given)
    assert "leave_url" in page.context, page.context["form"].errors
    return {name: values[0] for name, values in parse_qs(urlsplit(page.context["leave_url"]).query).items()}


def come_back(staff: Client, state: str, **answer: str) -> Any:
    return staff.get(reverse(ANSWER), {"state": state, "code": "code-1", **answer})


def told(response: Any, staff: Client) -> str:
    page = staff.get(response["Location"])
    return " ".join(str(message).strip() for message in page.context["messages"])


@pytest.mark.parametrize("network", ONE_ACCOUNT)
def test_an_owner_who_agrees_connects_the_account(network: str, staff: Client, server: FakeServer) -> None:
    asked = ask(staff, network, server)
    assert asked["redirect_uri"] == "http://localhost:8000" + reverse(ANSWER)

    come_back(staff, asked["state"])

    account = SocialAccount.objects.get(provider=network)
    assert account.is_active
    assert account.language == "nl"
    assert "limburg" in account.name
    row = scheduled(account)
    if network != "instagram":  # takes no message without a picture
        assert publish_platform_post(row.pk) == Status.PUBLISHED
    assert (account.token_expires_at is None) == (network == "mastodon")


@pytest.mark.parametrize("network", SEVERAL)
def test_an_owner_of_several_chooses_one(network: str, staff: Client, server: FakeServer) -> None:
    response = come_back(staff, ask(staff, network, server)["state"])
    choose = reverse("account_of_campaigns:choose_granted")
    assert response["Location"] == choose
    assert server.networks[network].token not in staff.get(choose).content.decode()

    staff.post(choose, {"account": "1"})

    account = SocialAccount.objects.get(provider=network)
    assert account.name == ("Ander" if network == "facebook" else "Organisatie 98")
    assert staff.get(choose).status_code == 302  # once


@pytest.mark.parametrize("network", ["mastodon", "x"])
def test_the_secret_of_pkce_stays_here_until_it_is_asked_for(
    network: str, staff: Client, server: FakeServer
) -> None:
    asked = ask(staff, network, server)
    assert asked["code_challenge_method"] == "S256"
    come_back(staff, asked["state"])
    [call] = [call for call in server.requests if call.path.endswith("/token")]
    assert len(call.form["code_verifier"]) >= 43
    assert call.form["code_verifier"] not in asked.values()


def test_a_wrong_state_changes_nothing_and_the_right_one_works_once(
    staff: Client, server: FakeServer
) -> None:
    state = ask(staff, "x", server)["state"]
    assert "hoort niet bij" in told(come_back(staff, "geraden"), staff)
    assert "hoort niet bij" in told(come_back(staff, state), staff)  # the wrong try used it up
    assert not SocialAccount.objects.filter(provider="x").exists()
    state = ask(staff, "x", server)["state"]
    come_back(staff, state)
    come_back(staff, state)
    assert SocialAccount.objects.filter(provider="x").count() == 1


def test_somebody_elses_answer_is_not_taken(
    staff: Client, browser_of: Callable[..., Client], server: FakeServer
) -> None:
    state = ask(staff, "x", server)["state"]
    other = browser_of("Campaign staff", email="other@example.org")
    assert "hoort niet bij" in told(come_back(other, state), other)
    assert not SocialAccount.objects.filter(provider="x").exists()


def test_an_answer_that_comes_too_late_is_not_taken(staff: Client, server: FakeServer) -> None:
    with time_machine.travel(datetime(2026, 5, 4, 10, 0, tzinfo=UTC), tick=False) as clock:
        state = ask(staff, "x", server)["state"]
        clock.shift(timedelta(minutes=16))
        assert "hoort niet bij" in told(come_back(staff, state), staff)


def test_an_owner_who_says_no_is_one_sentence(staff: Client, server: FakeServer) -> None:
    state = ask(staff, "threads", server)["state"]
    response = staff.get(reverse(ANSWER), {"state": state, "error": "access_denied"})
    assert told(response, staff) == "Threads zegt dat u geen toestemming hebt gegeven. Er is niets veranderd."


@pytest.mark.parametrize("network", [*ONE_ACCOUNT, *SEVERAL])
def test_a_code_that_is_refused_connects_nothing(network: str, staff: Client, server: FakeServer) -> None:
    state = ask(staff, network, server)["state"]
    assert told(come_back(staff, state, code="geraden"), staff)
    assert not SocialAccount.objects.filter(provider=network).exists()


@pytest.mark.parametrize("kind", ["500", "html", "drop", "redirect", "10 megabytes"])
def test_a_network_that_talks_nonsense_connects_nothing(kind: str, staff: Client, server: FakeServer) -> None:
    state = ask(staff, "linkedin", server)["state"]
    server.faults = lambda request, publishes: Fault(kind)
    assert told(come_back(staff, state), staff)
    assert not SocialAccount.objects.filter(provider="linkedin").exists()


@pytest.mark.parametrize(
    "typed", ["127.0.0.1:8000", "http://169.254.169.254/", "localhost", "mastodon.invalid.test"]
)
def test_a_server_inside_is_never_asked(
    typed: str, staff: Client, server: FakeServer, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = False
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: [(2, 1, 6, "", ("10.0.0.5", 443))])
    page = staff.post(
        reverse("account_of_campaigns:ask", args=["mastodon"]), {"language": "nl", "server": typed}
    )
    assert page.context["form"].errors["server"]
    assert server.requests == []


def test_without_an_application_the_form_says_who_has_to_do_what(staff: Client, settings: Any) -> None:
    settings.CAMPAIGNS_APPS = {}
    page = staff.post(reverse("account_of_campaigns:ask", args=["x"]), {"language": "nl"})
    assert "beheert" in " ".join(page.context["form"].non_field_errors())


def test_a_paused_account_is_signed_in_again_and_its_posts_go_on(staff: Client, server: FakeServer) -> None:
    account = SocialAccountFactory(
        provider="x", name="Onze X", state="paused", credentials=credentials("x", server)
    )
    row = scheduled(account)
    PlatformPost.objects.update(next_attempt_at=timezone.now() + timedelta(hours=1))
    state = ask(staff, "x", server, f"?account={account.pk}")["state"]

    come_back(staff, state)

    account.refresh_from_db()
    row.refresh_from_db()
    assert (account.is_active, account.name) == (True, "Onze X")
    assert row.next_attempt_at <= timezone.now()


def test_another_account_than_the_one_meant_is_not_taken_for_it(staff: Client, server: FakeServer) -> None:
    other = {**credentials("x", server), "user_id": "34"}
    account = SocialAccountFactory(provider="x", name="Onze X", state="paused", credentials=other)
    response = come_back(staff, ask(staff, "x", server, f"?account={account.pk}")["state"])
    assert "ander account" in told(response, staff)
    account.refresh_from_db()
    assert not account.is_active


@pytest.mark.parametrize("group", ["Editors", "Moderators", "Translators"])
def test_others_connect_nothing(group: str, browser_of: Callable[..., Client], server: FakeServer) -> None:
    browser = browser_of(group)
    for page in (reverse("account_of_campaigns:ask", args=["x"]), reverse(ANSWER)):
        assert browser.get(page).status_code == 302
    assert (
        browser.post(reverse("account_of_campaigns:ask", args=["x"]), {"language": "nl"}).status_code == 302
    )
    assert server.requests == []


# --- the watch over tokens --------------------------------------------------------------------------------


@pytest.fixture
def keeper(staff: Client) -> User:
    return User.objects.get(email="campaign-staff@example.org")


def account_ending(network: str, server: FakeServer, **ahead: float) -> SocialAccount:
    network_token = {"access_token": "old-token", "refresh_token": "refresh-0"}
    return SocialAccountFactory(
        provider=network,
        credentials={**credentials(network, server), "access_token": "old-token"},
        session_tokens={} if network == "facebook" else network_token,
        token_expires_at=timezone.now() + timedelta(**ahead),
    )


@pytest.mark.parametrize(("network", "ahead"), [("instagram", {"days": 9}), ("x", {"minutes": 10})])
def test_a_token_is_renewed_before_it_ends(network: str, ahead: dict[str, float], server: FakeServer) -> None:
    account = account_ending(network, server, **ahead)
    server.networks[network].refreshable |= {"old-token": "token-2", "refresh-0": "token-2"}
    server.networks[network].tokens.add("old-token")

    tend_accounts()

    account.refresh_from_db()
    assert account.session_tokens["access_token"] == "token-2"
    assert account.token_expires_at is not None
    assert account.token_expires_at > timezone.now() + timedelta(hours=1)
    assert account.is_active
    assert mail.outbox == []


def test_a_renewal_that_is_refused_pauses_the_account_keeps_its_posts_and_tells_people(
    server: FakeServer, keeper: User
) -> None:
    account = account_ending("x", server, minutes=10)
    row = scheduled(account)

    tend_accounts()

    account.refresh_from_db()
    row.refresh_from_db()
    assert not account.is_active
    assert row.status == Status.SCHEDULED
    [letter] = mail.outbox
    assert letter.to == [keeper.email]
    assert reverse("account_of_campaigns:edit", args=[account.pk]) in letter.body


def test_a_renewal_that_meets_a_fault_is_tried_again(server: FakeServer) -> None:
    account = account_ending("x", server, minutes=10)
    server.faults = lambda request, publishes: Fault("500")
    tend_accounts()
    account.refresh_from_db()
    assert account.is_active


def test_where_only_a_person_can_renew_people_are_told_twice_in_time(
    server: FakeServer, staff: Client, keeper: User
) -> None:
    with time_machine.travel(datetime(2026, 5, 4, 10, 0, tzinfo=UTC), tick=False) as clock:
        account = account_ending("facebook", server, days=15)
        seen = []
        for __ in range(15):
            tend_accounts()
            seen.append(len(mail.outbox))
            clock.shift(timedelta(days=1, minutes=1))
    assert max(seen) == 2
    assert seen[0] == 0
    assert seen.index(1) <= 2
    assert 11 <= seen.index(2) <= 13
    assert "Opnieuw aanmelden" in mail.outbox[0].body or "opnieuw aan" in mail.outbox[0].subject
    account.refresh_from_db()
    assert account.is_active


def test_the_accounts_page_says_until_when_and_where_to_sign_in_again(
    server: FakeServer, staff: Client
) -> None:
    account = account_ending("facebook", server, days=5)
    html = staff.get(reverse("account_of_campaigns:edit", args=[account.pk])).content.decode()
    assert f"/ask/facebook/?account={account.pk}" in html
    assert "Meld u vóór die dag opnieuw aan" in html
    assert "old-token" not in html
