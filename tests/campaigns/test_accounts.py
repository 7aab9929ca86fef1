"""Accounts: signed in when they are saved, and what signs them in is never seen again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from campaigns.actions import pause_account
from campaigns.models import PlatformPost, SocialAccount
from campaigns.providers import registry
from campaigns.providers.base import CredentialField, Failure, ProviderError
from tests.factories.campaigns import MemoryProvider, SocialAccountFactory, scheduled

pytestmark = pytest.mark.django_db

SECRET = "xk2p-voor-niemand-anders"


class LockedProvider(MemoryProvider):
    """A network in memory that lets in whoever has the right password."""

    identifier = "locked"
    label = "Locked"
    credential_fields = (
        CredentialField("handle", "Handle"),
        CredentialField("password", "App password", secret=True),
    )
    trouble: ClassVar[ProviderError | None] = None

    def verify(self) -> str:
        if self.trouble:
            raise self.trouble
        if self.credentials.get("password") != SECRET:
            raise ProviderError("Het wachtwoord klopt niet.", failure=Failure.ACCOUNT)
        return "locked.example"


@pytest.fixture(autouse=True)
def locked(monkeypatch: pytest.MonkeyPatch) -> None:
    registry.providers()
    monkeypatch.setitem(registry._providers, "locked", LockedProvider)


@pytest.fixture
def account() -> SocialAccount:
    return SocialAccountFactory(provider="locked", credentials={"handle": "mila", "password": SECRET})


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "name": "mila.example",
        "language": "nl",
        "credential_handle": "mila",
        "credential_password": SECRET,
        **changes,
    }


def connect(staff: Client, **changes: Any) -> Any:
    return staff.post(reverse("account_of_campaigns:connect", args=["locked"]), typed(**changes))


def edit_url(account: SocialAccount) -> str:
    return reverse("account_of_campaigns:edit", args=[account.pk])


def test_an_account_is_connected_when_the_network_lets_it_in(staff: Client) -> None:
    assert connect(staff).status_code == 302
    account = SocialAccount.objects.get(provider="locked")
    assert account.is_active
    assert account.credentials == {"handle": "mila", "password": SECRET}


def test_a_refused_password_is_told_at_its_field_and_nothing_is_saved(staff: Client) -> None:
    response = connect(staff, credential_password="verkeerd-geraden")
    assert response.context["form"].errors["credential_password"] == ["Het wachtwoord klopt niet."]
    html = response.content.decode()
    assert 'value="mila.example"' in html  # what was typed is still there
    assert "verkeerd-geraden" not in html
    assert not SocialAccount.objects.filter(provider="locked").exists()


def test_a_network_that_is_down_is_told_on_top(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    trouble = ProviderError("Het netwerk antwoordt niet.", failure=Failure.TEMPORARY)
    monkeypatch.setattr(LockedProvider, "trouble", trouble)
    response = connect(staff)
    assert response.context["form"].non_field_errors() == ["Het netwerk antwoordt niet."]
    assert not SocialAccount.objects.filter(provider="locked").exists()


def test_the_same_account_twice_is_one_sentence(staff: Client) -> None:
    connect(staff)
    response = connect(staff)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert SocialAccount.objects.filter(provider="locked").count() == 1


def test_what_signs_in_is_shown_nowhere_and_logged_nowhere(
    staff: Client, account: SocialAccount, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    connect(staff)
    pages = [edit_url(account), reverse("account_of_campaigns:index")]
    pages.append(reverse("account_of_campaigns:history", args=[account.pk]))
    for page in pages:
        assert SECRET not in staff.get(page).content.decode()
    assert SECRET not in caplog.text
    assert not any(SECRET in str(entry.data) for entry in ModelLogEntry.objects.all())


def test_a_name_is_changed_without_typing_the_password_again(staff: Client, account: SocialAccount) -> None:
    staff.post(edit_url(account), {"name": "Mila op Locked"})
    account.refresh_from_db()
    assert account.name == "Mila op Locked"
    assert account.credentials["password"] == SECRET


def test_a_wrong_new_password_keeps_the_old_one(staff: Client, account: SocialAccount) -> None:
    response = staff.post(edit_url(account), {"name": account.name, "credential_password": "mis"})
    assert "credential_password" in response.context["form"].errors
    account.refresh_from_db()
    assert account.credentials["password"] == SECRET


def test_a_paused_account_says_why_and_goes_on_once_it_is_signed_in(
    staff: Client, account: SocialAccount
) -> None:
    waiting = scheduled(account)
    PlatformPost.objects.update(next_attempt_at=timezone.now() + timedelta(hours=1))
    pause_account(account, "Het wachtwoord is ingetrokken.")
    assert "Het wachtwoord is ingetrokken." in staff.get(edit_url(account)).content.decode()
    staff.post(edit_url(account), {"name": account.name, "credential_password": SECRET})
    account.refresh_from_db()
    assert account.is_active
    waiting.refresh_from_db()
    assert waiting.next_attempt_at <= timezone.now()


def test_an_account_with_posts_is_not_deleted(staff: Client, account: SocialAccount) -> None:
    scheduled(account)
    delete = reverse("account_of_campaigns:delete", args=[account.pk])
    for response in (staff.get(delete), staff.post(delete)):
        assert response.status_code == 200
    assert SocialAccount.objects.filter(pk=account.pk).exists()


def test_an_account_without_posts_is_deleted(staff: Client, account: SocialAccount) -> None:
    staff.post(reverse("account_of_campaigns:delete", args=[account.pk]))
    assert not SocialAccount.objects.filter(pk=account.pk).exists()


def test_the_sites_own_pages_are_renamed_but_neither_connected_nor_deleted(staff: Client) -> None:
    own = SocialAccount.objects.get(provider="website", language="fr")
    staff.post(edit_url(own), {"name": "Nouvelles", "language": "nl"})
    own.refresh_from_db()
    assert (own.name, own.language) == ("Nouvelles", "fr")
    staff.post(reverse("account_of_campaigns:delete", args=[own.pk]))
    assert SocialAccount.objects.filter(pk=own.pk).exists()
    connect_website = reverse("account_of_campaigns:connect", args=["website"])
    assert staff.get(connect_website, follow=True).status_code == 404


@pytest.mark.parametrize("group", ["Editors", "Moderators", "Translators", "Consent officers"])
def test_others_see_no_accounts(
    group: str, browser_of: Callable[..., Client], account: SocialAccount
) -> None:
    browser = browser_of(group)
    for page in (
        reverse("account_of_campaigns:index"),
        reverse("account_of_campaigns:add"),
        edit_url(account),
    ):
        assert browser.get(page).status_code == 302
