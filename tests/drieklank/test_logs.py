"""The log of a worker holds what somebody must look at, and nothing else."""

from __future__ import annotations

import pytest
from wagtail.tasks import update_reference_index_task

pytestmark = pytest.mark.django_db


def test_a_row_that_was_replaced_before_it_was_indexed_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    update_reference_index_task.enqueue("stories", "storybarrier", 999_999)
    assert caplog.records == []


def test_a_task_that_breaks_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    update_reference_index_task.enqueue("stories", "nosuchmodel", 1)
    assert ["LookupError" in (record.exc_text or str(record.exc_info)) for record in caplog.records] == [True]
