"""The door of the admin: no second factor, no entry, whichever way somebody came in."""

from __future__ import annotations

import io
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.fernet import Fernet
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from core.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "drie klanken een akkoord"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def required(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    cache.clear()


@pytest.fixture
def user() -> User:
    return User.objects.create_superuser("mia@example.org", PASSWORD)


@pytest.fixture
def signed_in(client: Client, user: User) -> Client:
    client.post("/nl/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def actions(user: User) -> list[str]:
    return list(
        ModelLogEntry.objects.filter(object_id=str(user.pk)).order_by("pk").values_list("action", flat=True)
    )


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/pages/", "/admin/users/", "/admin/api/main/pages/", "/admin/nothing/"]
)
def test_without_a_second_factor_the_admin_leads_to_setting_one_up(signed_in: Client, path: str) -> None:
    response = signed_in.get(path, headers={"accept-language": "fr"})
    assert response["Location"].split("?")[0] == "/fr/accounts/2fa/"
    assert signed_in.get(response["Location"]).status_code == 200


def test_a_form_sent_without_a_second_factor_changes_nothing(signed_in: Client, user: User) -> None:
    response = signed_in.post(f"/admin/users/delete/{user.pk}/")
    assert response["Location"] == "/nl/accounts/2fa/?next=%2Fadmin%2F"


@pytest.mark.parametrize("headers", [{"x-requested-with": "XMLHttpRequest"}, {"accept": "application/json"}])
def test_a_script_gets_a_refusal_it_can_read(signed_in: Client, headers: dict[str, str]) -> None:
    response = signed_in.get("/admin/api/main/pages/", headers={"accept-language": "de", **headers})
    assert response.status_code == 403
    assert response.json()["error"] == "Richten Sie zuerst einen zweiten Faktor ein."


def test_the_page_speaks_the_language_of_the_person_not_of_the_browser(signed_in: Client, user: User) -> None:
    UserProfile.objects.create(user=user, preferred_language="de")
    response = signed_in.get("/admin/", headers={"accept-language": "fr"})
    assert response["Location"].startswith("/de/accounts/2fa/")


@pytest.mark.django_db(transaction=True)  # allauth tells of a new app once it is committed
def test_setting_up_an_app_opens_the_door_and_gives_recovery_codes(signed_in: Client, user: User) -> None:
    page = signed_in.get("/nl/accounts/2fa/totp/activate/")
    assert page.status_code == 200, "no second question for the password right after signing in"
    code = code_for(page.context["form"].secret)
    response = signed_in.post("/nl/accounts/2fa/totp/activate/", {"code": code})
    assert response["Location"] == "/nl/accounts/2fa/recovery-codes/"
    codes = signed_in.get(response["Location"])
    assert (
        RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()[0]
        in codes.content.decode()
    )
    assert signed_in.get("/admin/").status_code == 200
    assert "access.factor_added" in actions(user)


@pytest.mark.django_db(transaction=True)
def test_a_change_of_factors_is_mailed_to_the_person(signed_in: Client, user: User) -> None:
    secret = signed_in.get("/de/accounts/2fa/totp/activate/").context["form"].secret
    signed_in.post("/de/accounts/2fa/totp/activate/", {"code": code_for(secret)})
    assert mail.outbox[0].to == [user.email]
    assert mail.outbox[0].subject == "Ihrem Konto wurde eine App hinzugefügt"
    assert secret not in mail.outbox[0].body


def test_removing_the_last_factor_closes_the_door_again(signed_in: Client, user: User) -> None:
    secret = signed_in.get("/nl/accounts/2fa/totp/activate/").context["form"].secret
    signed_in.post("/nl/accounts/2fa/totp/activate/", {"code": code_for(secret)})
    signed_in.post("/nl/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists(), "recovery codes alone are no second factor"
    assert signed_in.get("/admin/")["Location"].startswith("/nl/accounts/2fa/")
    assert "access.factor_removed" in actions(user)


def test_a_session_that_came_another_way_has_to_show_the_factor(client: Client, user: User) -> None:
    TOTP.activate(user, SECRET)
    client.force_login(user)
    response = client.get("/admin/pages/")
    assert response["Location"] == "/nl/accounts/2fa/reauthenticate/?next=%2Fadmin%2Fpages%2F"
    assert client.post(response["Location"], {"code": "000000"}).status_code == 200
    assert client.get("/admin/pages/").status_code == 302
    response = client.post(response["Location"], {"code": code_for(SECRET)})
    assert response["Location"] == "/admin/pages/"
    assert client.get("/admin/pages/").status_code == 200


def test_the_proof_of_one_person_is_none_for_another(client: Client, user: User) -> None:
    TOTP.activate(user, SECRET)
    client.post("/nl/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/nl/accounts/2fa/authenticate/", {"code": code_for(SECRET)})
    assert client.get("/admin/").status_code == 200
    other = User.objects.create_superuser("noa@example.org", PASSWORD)
    TOTP.activate(other, SECRET)
    client.force_login(other)
    assert client.get("/admin/").status_code == 302


def test_after_signing_in_with_both_nothing_more_is_asked(client: Client, user: User) -> None:
    TOTP.activate(user, SECRET)
    client.post("/nl/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/nl/accounts/2fa/authenticate/", {"code": code_for(SECRET)})
    assert client.get("/admin/users/").status_code == 200


def test_signing_out_of_the_admin_needs_no_second_factor(signed_in: Client) -> None:
    assert "/accounts/login/" in signed_in.post("/admin/logout/")["Location"]
    assert "_auth_user_id" not in signed_in.session


def test_where_it_is_not_required_the_door_is_open(signed_in: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    assert signed_in.get("/admin/").status_code == 200


def test_an_administrator_resets_a_lost_factor(client: Client, user: User) -> None:
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    client.force_login(user)
    bystander = Client()
    bystander.force_login(User.objects.create_superuser("noa@example.org", PASSWORD))
    output = io.StringIO()
    call_command("reset_second_factor", "MIA@example.org", stdout=output)
    assert "Removed 2 second factors" in output.getvalue()
    assert not Authenticator.objects.exists()
    assert actions(user) == ["access.factors_reset"]
    assert "/login/" in client.get("/admin/")["Location"], "signed out everywhere"
    assert "/2fa/" in bystander.get("/admin/")["Location"], "others stay signed in"


def test_resetting_nobody_says_so() -> None:
    with pytest.raises(CommandError, match=r"nobody@example\.org"):
        call_command("reset_second_factor", "nobody@example.org")


def test_a_change_of_keys_keeps_the_second_factors(client: Client, user: User, settings: Any) -> None:
    TOTP.activate(user, SECRET)
    recovery_code = RecoveryCodes.activate(user).get_unused_codes()[0]
    key = Fernet.generate_key().decode()
    settings.CREDENTIALS_KEYS = [key, *settings.CREDENTIALS_KEYS]
    call_command("rotate_credentials", stdout=io.StringIO())
    settings.CREDENTIALS_KEYS = [key]
    assert TOTP(Authenticator.objects.get(type="totp")).validate_code(code_for(SECRET))
    assert RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).validate_code(recovery_code)


def test_a_change_of_keys_that_lost_the_old_one_says_so_and_harms_nothing(user: User, settings: Any) -> None:
    authenticator = TOTP.activate(user, SECRET).instance
    before = authenticator.data
    settings.CREDENTIALS_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="open with none of the keys"):
        call_command("rotate_credentials", stdout=io.StringIO())
    assert Authenticator.objects.get().data == before
