"""Signing off by a private link: exactly one version, one answer, and what happens when there is none."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from campaigns.actions.clearance import clearance_of
from campaigns.approval.arranging import Step, arrange_steps
from campaigns.approval.models import CampaignApproval, SignOff, WhenOverdue
from campaigns.approval.reminding import tick
from campaigns.models import Campaign, Post, PostTarget
from core.models import User
from tests.factories.campaigns import CampaignFactory, MemoryNetwork, PostFactory, SocialAccountFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
State = SignOff.State
WORDS = "Wie in uw straat is blij met een kop koffie?"


@pytest.fixture
def writer() -> User:
    person: User = PersonFactory(group="Campaign staff")
    return person


@pytest.fixture
def campaign(network: MemoryNetwork) -> Campaign:
    made: Campaign = CampaignFactory()
    arrange_steps(made, [Step("Native reader Dutch", "nl", "lezer@example.org"), Step("Gemeente Voorbeeld")])
    return made


def submitted(campaign: Campaign, writer: User, language: str = "nl", text: str = WORDS) -> Post:
    """A post whose editor has approved: now the people outside are asked."""
    post = PostFactory(campaign=campaign, text=text, language=language)
    post.targets = [PostTarget(account=SocialAccountFactory(language=language))]
    post.save()
    post.save_revision(user=writer)
    workflow = post.get_workflow()
    assert workflow is not None
    state = workflow.start(post, writer)
    state.current_task_state.specific.approve(user=writer)
    return Post.objects.get(pk=post.pk)


def waiting(post: Post) -> SignOff:
    return SignOff.objects.get(post=post, state=State.WAITING)


def url_of(sign_off: SignOff) -> str:
    with override("nl"):
        return reverse("sign_off", args=[sign_off.token])


def answer(sign_off: SignOff, decision: str, name: str = "Annelies", remark: str = "") -> Any:
    browser = Client(enforce_csrf_checks=True)
    content = browser.get(url_of(sign_off)).content.decode()
    nonce = re.search(r'name="nonce" value="([^"]+)"', content)
    data = {"decision": decision, "name": name, "remark": remark, "nonce": nonce[1] if nonce else ""}
    return browser.post(url_of(sign_off), data)


def edit(post: Post, text: str, callbacks: Any) -> None:
    with callbacks(execute=True):
        version = Post.objects.get(pk=post.pk).get_latest_revision_as_object()
        version.text = text
        version.save_revision()


def test_after_the_editor_the_reader_of_the_language_is_asked(campaign: Campaign, writer: User) -> None:
    sign_off = waiting(submitted(campaign, writer))
    assert sign_off.who == "Native reader Dutch"
    content = Client().get(url_of(sign_off)).content.decode()
    assert WORDS in content
    assert "Annelies" not in content


def test_the_reader_of_another_language_is_not_asked(campaign: Campaign, writer: User) -> None:
    post = submitted(campaign, writer, "de", "Wer in Ihrer Straße freut sich über einen Kaffee?")
    assert waiting(post).who == "Gemeente Voorbeeld"


def test_when_everybody_agreed_the_post_goes_its_way(campaign: Campaign, writer: User) -> None:
    post = submitted(campaign, writer)
    answer(waiting(post), "agree")
    assert waiting(post).who == "Gemeente Voorbeeld"
    assert not clearance_of(post).allowed
    answer(waiting(post), "agree", "Burgemeester")
    post.refresh_from_db()
    assert post.live
    assert post.platform_posts.exists()
    assert clearance_of(post).allowed


def test_the_trail_says_who_agreed_to_what_and_when(campaign: Campaign, writer: User, staff: Client) -> None:
    post = submitted(campaign, writer)
    answer(waiting(post), "agree")
    said = SignOff.objects.get(state=State.AGREED)
    assert said.name == "Annelies"
    assert said.answered_at is not None
    assert said.revision_id == post.latest_revision_id
    for name, pk in (("approval_of_post", post.pk), ("approval_of_campaign", campaign.pk)):
        assert "Annelies" in staff.get(reverse(name, args=[pk])).content.decode()


def test_asking_for_changes_sends_the_post_back_with_the_remark(campaign: Campaign, writer: User) -> None:
    post = submitted(campaign, writer)
    answer(waiting(post), "changes", remark="Zeg “buurt” in plaats van “straat”.")
    post.refresh_from_db()
    assert not post.live
    state = post.current_workflow_state
    assert state.status == state.STATUS_NEEDS_CHANGES
    assert "buurt" in state.current_task_state.comment


@pytest.mark.parametrize(
    ("fields", "word"),
    [({"name": ""}, "Schrijf uw naam"), ({"decision": "changes", "remark": " "}, "Zeg wat er anders moet")],
)
def test_what_is_missing_is_said_at_its_field(
    campaign: Campaign, writer: User, fields: dict[str, str], word: str
) -> None:
    sign_off = waiting(submitted(campaign, writer))
    said = answer(sign_off, **{"decision": "agree", **fields})
    assert said.status_code == 422
    assert word in said.content.decode()
    assert waiting(sign_off.post) == sign_off


# --- bound to the exact version -----------------------------------------------------------------------


def test_an_edit_voids_the_link(
    campaign: Campaign, writer: User, django_capture_on_commit_callbacks: Any
) -> None:
    post = submitted(campaign, writer)
    old = waiting(post)
    edit(post, "Iets heel anders.", django_capture_on_commit_callbacks)
    old.refresh_from_db()
    assert old.state == State.VOID
    page = Client().get(url_of(old))
    assert page.status_code == 410
    assert WORDS not in page.content.decode()


def test_an_edit_voids_what_was_agreed_and_everybody_is_asked_anew(
    campaign: Campaign, writer: User, django_capture_on_commit_callbacks: Any
) -> None:
    post = submitted(campaign, writer)
    answer(waiting(post), "agree")
    edit(post, "Iets heel anders.", django_capture_on_commit_callbacks)
    assert not SignOff.objects.filter(state__in=[State.AGREED, State.WAITING]).exists()
    state = Post.objects.get(pk=post.pk).current_workflow_state
    state.current_task_state.specific.approve(user=writer)
    assert waiting(post).who == "Native reader Dutch"


def test_an_answer_that_crosses_an_edit_does_not_count(campaign: Campaign, writer: User) -> None:
    """The edit is saved, but nobody has heard of it yet."""
    post = submitted(campaign, writer)
    sign_off = waiting(post)
    version = post.get_latest_revision_as_object()
    version.text = "Iets heel anders."
    version.save_revision()
    answer(sign_off, "agree")
    post.refresh_from_db()
    assert not post.live
    assert not SignOff.objects.filter(state=State.AGREED).exists()


def test_saving_the_same_words_again_voids_nothing(
    campaign: Campaign, writer: User, django_capture_on_commit_callbacks: Any
) -> None:
    post = submitted(campaign, writer)
    sign_off = waiting(post)
    edit(post, WORDS, django_capture_on_commit_callbacks)
    assert waiting(post) == sign_off
    answer(sign_off, "agree")
    sign_off.refresh_from_db()
    assert sign_off.state == State.AGREED


def test_a_second_answer_changes_nothing(campaign: Campaign, writer: User) -> None:
    sign_off = waiting(submitted(campaign, writer))
    answer(sign_off, "agree")
    again = Client().post(url_of(sign_off), {"decision": "changes", "name": "X", "remark": "Toch niet"})
    sign_off.refresh_from_db()
    assert sign_off.state == State.AGREED
    assert "Annelies" in again.content.decode()


# --- the deadline ------------------------------------------------------------------------------------------


def rules(campaign: Campaign, when_overdue: WhenOverdue) -> None:
    CampaignApproval.objects.filter(campaign=campaign).update(days=4, when_overdue=when_overdue)


def test_the_reader_gets_one_mail_and_one_reminder(campaign: Campaign, writer: User) -> None:
    rules(campaign, WhenOverdue.HOLD)
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        sign_off = waiting(submitted(campaign, writer))
        tick()
        tick()
        assert [letter.to for letter in mail.outbox] == [["lezer@example.org"]]
        assert sign_off.token in mail.outbox[0].body
        assert WORDS not in mail.outbox[0].body
        clock.move_to(now + timedelta(days=3, hours=1))
        tick()
        tick()
        assert len(mail.outbox) == 2


def test_overdue_nothing_goes_out_and_staff_is_told_once(campaign: Campaign, writer: User) -> None:
    rules(campaign, WhenOverdue.HOLD)
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        post = submitted(campaign, writer)
        clock.move_to(now + timedelta(days=5))
        tick()
        tick()
    assert [letter.to for letter in mail.outbox] == [[writer.email]]
    assert waiting(post)
    assert not clearance_of(post).allowed


def test_overdue_it_goes_on_where_the_campaign_says_so_and_the_trail_says_that_nobody_agreed(
    campaign: Campaign, writer: User
) -> None:
    rules(campaign, WhenOverdue.GO_ON)
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        post = submitted(campaign, writer)
        clock.move_to(now + timedelta(days=5))
        assert tick() == 1
        assert SignOff.objects.get(state=State.WENT_ON).name == ""
        assert waiting(post).who == "Gemeente Voorbeeld"


# --- the link -----------------------------------------------------------------------------------------------


def test_nothing_of_a_visit_stays(campaign: Campaign, writer: User) -> None:
    page = Client().get(url_of(waiting(submitted(campaign, writer))))
    assert not page.cookies
    assert page["Cache-Control"] == "private, no-store"
    assert page["Referrer-Policy"] == "no-referrer"


def test_a_link_that_is_not_quite_right_opens_nothing(campaign: Campaign, writer: User) -> None:
    sign_off = waiting(submitted(campaign, writer))
    sign_off.token = f"{sign_off.token[:-1]}_"
    assert Client().get(url_of(sign_off)).status_code == 404


def test_called_off_the_link_says_so(campaign: Campaign, writer: User) -> None:
    post = submitted(campaign, writer)
    sign_off = waiting(post)
    post.current_workflow_state.cancel(user=writer)
    sign_off.refresh_from_db()
    assert sign_off.state == State.CANCELLED
    assert Client().get(url_of(sign_off)).status_code == 410


# --- arranging the steps -------------------------------------------------------------------------------------


def test_staff_arranges_the_steps_of_a_campaign(staff: Client, network: MemoryNetwork, writer: User) -> None:
    campaign = CampaignFactory()
    url = reverse("approval_of_campaign", args=[campaign.pk])
    data = {
        "reader_de": "on",
        "reader_de_email": "",
        "partner": "Stadt Aachen",
        "days": 3,
        "when_overdue": "go_on",
    }
    assert staff.post(url, data).status_code == 302
    post = submitted(campaign, writer, "de", "Wer freut sich?")
    assert waiting(post).due_at - waiting(post).asked_at > timedelta(days=2, hours=23)
    assert waiting(post).when_overdue == WhenOverdue.GO_ON
    content = staff.get(url).content.decode()
    assert "Stadt Aachen" in content
    assert url_of(waiting(post)).replace("/nl/", "/de/") in content


def test_a_campaign_without_steps_keeps_the_usual_approval(network: MemoryNetwork) -> None:
    post = PostFactory()
    assert post.get_workflow() == Post.get_default_workflow()
