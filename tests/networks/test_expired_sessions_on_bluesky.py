"""A planned message, and a session that ended meanwhile: renewed, made anew, or the account paused with its posts kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from campaigns.actions import publish_platform_post
from campaigns.actions.scheduling import sign_in_account
from campaigns.models import PlatformPost, SocialAccount
from campaigns.states import Status
from core.models import User
from tests.factories.campaigns import scheduled
from tests.networks.bluesky_network import BlueskyAccount, BlueskyNetwork
from tests.networks.proxy import AnswerLosingProxy
from tests.networks.test_bluesky_sessions import expired
from tests.networks.test_worker_on_bluesky import connect

pytestmark = [pytest.mark.network, pytest.mark.django_db(transaction=True)]

PUT, RENEW, SIGN_IN = (
    "com.atproto.repo.putRecord",
    "com.atproto.server.refreshSession",
    "com.atproto.server.createSession",
)


@pytest.fixture
def owner(bluesky: BlueskyNetwork, losing_proxy: AnswerLosingProxy) -> BlueskyAccount:
    return bluesky.new_account(service=losing_proxy.address)


@pytest.fixture
def account(bluesky: BlueskyNetwork, owner: BlueskyAccount, losing_proxy: AnswerLosingProxy) -> SocialAccount:
    """Signed in two hours ago: its access token has run out."""
    account = connect(owner)
    sign_in_account(account, dict(owner.credentials))
    tokens = dict(account.session_tokens)
    account.session_tokens = {**tokens, "access": expired(tokens["access"], bluesky.jwt_secret)}
    account.save()
    losing_proxy.calls.clear()
    return account


def out(row: PlatformPost, owner: BlueskyAccount, bluesky: BlueskyNetwork) -> bool:
    row.refresh_from_db()
    return [stored["uri"] for stored in bluesky.records(owner)] == [row.remote_id]


def test_the_session_is_renewed_and_the_next_message_needs_no_renewal(
    bluesky: BlueskyNetwork, owner: BlueskyAccount, account: SocialAccount, losing_proxy: AnswerLosingProxy
) -> None:
    row = scheduled(account)
    assert publish_platform_post(row.pk) == Status.PUBLISHED
    assert losing_proxy.calls == [PUT, RENEW, PUT]
    assert out(row, owner, bluesky)
    losing_proxy.calls.clear()

    assert publish_platform_post(scheduled(account).pk) == Status.PUBLISHED
    assert losing_proxy.calls == [PUT]


def test_a_session_that_was_ended_is_made_anew_with_the_app_password(
    bluesky: BlueskyNetwork, owner: BlueskyAccount, account: SocialAccount, losing_proxy: AnswerLosingProxy
) -> None:
    bluesky.call("POST", "com.atproto.server.deleteSession", token=dict(account.session_tokens)["refresh"])
    row = scheduled(account)

    assert publish_platform_post(row.pk) == Status.PUBLISHED
    assert losing_proxy.calls == [PUT, RENEW, SIGN_IN, PUT]
    assert out(row, owner, bluesky)


def test_with_a_revoked_password_the_account_is_paused_its_posts_are_kept_and_go_out_after_signing_in(
    bluesky: BlueskyNetwork, owner: BlueskyAccount, account: SocialAccount
) -> None:
    User.objects.create_superuser("ada@example.org")
    row, later = scheduled(account), scheduled(account)
    bluesky.call(
        "POST", "com.atproto.server.revokeAppPassword", token=owner.access_token, json={"name": "tests"}
    )

    assert publish_platform_post(row.pk) == Status.SCHEDULED
    account.refresh_from_db()
    row.refresh_from_db()
    assert not account.is_active
    assert "aanmeld" in row.message.lower() or "sign" in row.message.lower()
    assert [message.to for message in mail.outbox] == [["ada@example.org"]]
    assert publish_platform_post(later.pk) == Status.SCHEDULED
    assert bluesky.records(owner) == []

    fresh = bluesky.call(
        "POST", "com.atproto.server.createAppPassword", token=owner.access_token, json={"name": "new"}
    )["password"]
    sign_in_account(account, {**owner.credentials, "password": fresh})
    for each in (row, later):
        PlatformPost.objects.filter(pk=each.pk).update(next_attempt_at=each.due_at - timedelta(seconds=1))
        assert publish_platform_post(each.pk) == Status.PUBLISHED
    assert len(bluesky.records(owner)) == 2
