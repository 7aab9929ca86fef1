"""What stands above an item of the kit: a title that is cut where one sees it, and a moment that is still to come."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import time_machine

from campaigns.kit.models import PartnerKit
from tests.campaigns.kit.visiting import post_about, see

pytestmark = pytest.mark.django_db


def test_a_moment_that_has_passed_is_no_good_moment(kit: PartnerKit) -> None:
    with time_machine.travel("2026-05-04 12:00+02:00", tick=False):
        post_about(None, kit, due_at=datetime(2026, 5, 6, 17, 30, tzinfo=UTC))
        assert "Goed moment: 6 mei 2026" in see(kit)
    with time_machine.travel("2026-05-07 12:00+02:00", tick=False):
        assert "Goed moment" not in see(kit)


def test_a_long_text_is_cut_for_its_title_where_one_sees_it(kit: PartnerKit) -> None:
    post_about(None, kit, text="Goedemorgen! Wat is uw kleine geluk van deze week? " * 3)
    title = re.search(r"<h3[^>]*>(.*?)</h3>", see(kit))
    assert title
    assert title[1].endswith("…")
