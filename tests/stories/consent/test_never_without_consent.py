"""Whatever tellers, editors, officers, clocks and restarts do, in whatever order: no reader meets a version without
valid consent, and what is agreed to can go online.

Hypothesis plays all of them. What is agreed to is kept in a model of its own, which knows nothing of the gate.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.test import Client, TestCase
from django.utils import timezone
from django.utils.translation import override
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.publishing import MayNotGoOnline
from core.translations import publish_translation
from core.translations.drafts import save_draft
from stories.consent.actions import TELLER, change_agreement, review_version, version_in, withdraw_story
from stories.consent.dates import today
from stories.consent.models import ConsentRecord, How, VersionReview, Withdrawal
from stories.consent.purposes import Purpose
from stories.consent.ticking import tick
from stories.consent.versions import digest_of
from stories.models import StoryPage
from tests.factories.consents import agree, real_story
from tests.factories.translations import fill, send

NOON = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
Decision = VersionReview.Decision
languages = st.sampled_from(["nl", "de"])
ticks = st.sets(st.sampled_from([Purpose.WEB, Purpose.TRANSLATION, Purpose.SOCIAL_MEDIA]))
mostly_all = st.one_of(st.just({Purpose.WEB, Purpose.TRANSLATION}), ticks)
days = st.integers(0, 60).map(lambda number: timedelta(days=number))


@contextmanager
def done_for_good() -> Iterator[None]:
    """What waits for the end of a transaction happens; a refusal is an answer like another."""
    with suppress(ValidationError, MayNotGoOnline), TestCase.captureOnCommitCallbacks(execute=True):
        yield


class Consenting(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.example = transaction.atomic()
        self.example.__enter__()
        self.traveller = time_machine.travel(NOON, tick=False)
        self.clock = self.traveller.start()
        self.language = override("nl")
        self.language.__enter__()
        story = real_story(title="Mijn weg", body=[{"type": "text", "value": "<p>Versie 1</p>"}])
        self.key = story.translation_key
        self.addresses: dict[str, str] = {}
        self.versions = 1
        self.purposes: set[Purpose] = set()
        self.until: date | None = None
        self.withdrawn = False
        self.said: dict[tuple[str, str], bool] = {}  # (language, digest of the version): approved, or not

    def teardown(self) -> None:
        if hasattr(self, "traveller"):
            self.language.__exit__(None, None, None)
            self.traveller.stop()
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)

    # --- the teller -----------------------------------------------------------------------------------

    @rule(purposes=mostly_all, ahead=days)
    def agrees(self, purposes: set[Purpose], ahead: timedelta) -> None:
        if self.withdrawn:
            return
        until = today() + ahead
        record = self.record()
        with TestCase.captureOnCommitCallbacks(execute=True):
            if record is None:
                agree(
                    StoryPage.objects.get(translation_key=self.key, locale__language_code="nl"),
                    purposes,
                    until=until,
                )
            else:
                change_agreement(
                    record.pk, record.version, TELLER, purposes=purposes, until=until, how=How.ONLINE
                )
        self.purposes, self.until = purposes, until

    @precondition(lambda self: self.until is not None and not self.withdrawn)
    @rule(
        language=languages, decision=st.sampled_from([Decision.APPROVED, Decision.APPROVED, Decision.CHANGES])
    )
    def reads(self, language: str, decision: VersionReview.Decision) -> None:
        record = self.record()
        assert record is not None
        page = version_in(record, language)
        if page is None:
            return
        digest = digest_of(page)
        with TestCase.captureOnCommitCallbacks(execute=True):
            review_version(record.pk, language, digest, decision, TELLER, remark="Anders, graag.")
        self.said[language, digest] = decision == Decision.APPROVED

    @precondition(lambda self: self.until is not None)
    @rule(sure=st.integers(0, 4))
    def withdraws(self, sure: int) -> None:
        if sure:  # once in five times, else every story would soon be over
            return
        with TestCase.captureOnCommitCallbacks(execute=True):
            withdraw_story(self.key, TELLER)
        self.withdrawn = True

    # --- the editors ----------------------------------------------------------------------------------

    @rule()
    def write_another_version(self) -> None:
        page = self.page("nl")
        if page is None:
            return
        self.versions += 1
        draft = page.get_latest_revision_as_object()
        draft.body = [("text", f"<p>Versie {self.versions}</p>")]
        draft.save_revision()

    @rule()
    def translate(self) -> None:
        page = self.page("nl")
        if page is None:
            return
        with done_for_good():
            translation = send(page)
            fill(translation)
            save_draft(translation, None)

    @rule(language=languages)
    def publish(self, language: str) -> None:
        page = self.page(language)
        if page is None or page.latest_revision is None:
            return
        draft = page.get_latest_revision_as_object()
        may = self.is_agreed(language, digest_of(draft))
        with done_for_good():
            page.latest_revision.publish()
        if may:
            assert self.reader_sees(language), "what is agreed to goes online"

    @rule()
    def publish_translation(self) -> None:
        page = self.page("nl")
        if page is None or self.page("de") is None:
            return
        with done_for_good():
            translation = send(page)
            fill(translation)
            publish_translation(translation, None)

    @rule(language=languages, ahead=days)
    def plan(self, language: str, ahead: timedelta) -> None:
        page = self.page(language)
        if page is None or page.latest_revision is None:
            return
        draft = page.get_latest_revision_as_object()
        draft.go_live_at = timezone.now() + ahead + timedelta(minutes=1)
        with done_for_good():
            draft.save_revision().publish()

    # --- time and machines ----------------------------------------------------------------------------

    @rule(passed=days)
    def time_passes(self, passed: timedelta) -> None:
        self.clock.shift(passed)

    @rule()
    def the_heart_beats(self) -> None:
        with done_for_good():
            call_command("publish_scheduled", verbosity=0)
        with TestCase.captureOnCommitCallbacks(execute=True):
            tick()

    @rule()
    def the_worker_is_started_anew(self) -> None:
        Withdrawal.objects.update(lease_until=None)
        with TestCase.captureOnCommitCallbacks(execute=True):
            tick()

    # --- what must hold -------------------------------------------------------------------------------

    @invariant()
    def nobody_reads_what_is_not_agreed_to(self) -> None:
        for language in ("nl", "de"):
            if self.reader_sees(language):
                page = self.page(language)
                assert page is not None
                assert self.is_agreed(language, digest_of(page)), f"{language}, version {self.versions}"
        if self.withdrawn:
            statuses = {Client().get(address).status_code for address in self.addresses.values()}
            assert statuses <= {404, 410}

    def is_agreed(self, language: str, digest: str) -> bool:
        if self.withdrawn or self.until is None or today() > self.until:
            return False
        needed = {Purpose.WEB} if language == "nl" else {Purpose.WEB, Purpose.TRANSLATION}
        return needed <= self.purposes and self.said.get((language, digest), False)

    def reader_sees(self, language: str) -> bool:
        page = self.page(language)
        if page is not None and page.url:
            self.addresses[language] = page.url
        address = self.addresses.get(language)
        return address is not None and Client().get(address).status_code == 200

    def page(self, language: str) -> StoryPage | None:
        return StoryPage.objects.filter(translation_key=self.key, locale__language_code=language).first()

    def record(self) -> ConsentRecord | None:
        return ConsentRecord.objects.filter(story_key=self.key).first()


@pytest.mark.django_db
@pytest.mark.timeout(600)
def test_no_order_of_events_shows_a_story_without_consent() -> None:
    run_state_machine_as_test(
        Consenting,
        settings=settings(
            max_examples=20,
            stateful_step_count=15,
            phases=[Phase.explicit, Phase.generate],  # fifteen steps are read sooner than they are shortened
            suppress_health_check=list(HealthCheck),
        ),
    )
