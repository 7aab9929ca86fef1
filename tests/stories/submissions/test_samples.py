"""What `make demo` shows in the queue."""

from __future__ import annotations

import pytest

from stories.submissions.models import Submission
from stories.submissions.sample_submissions import load_submissions
from tests.stories.submissions.telling import moderator

pytestmark = pytest.mark.django_db


def test_two_made_up_submissions_wait_and_say_so() -> None:
    assert len(load_submissions()) == 2
    assert load_submissions() == [], "a second time brings nothing new"
    page = moderator().get("/admin/submissions/").content.decode()
    for submission in Submission.objects.waiting():
        assert submission.reference in page
        assert (
            "verzonnen voorbeeld" in submission.answers["text"]
            or "erfundenes Beispiel" in submission.answers["text"]
        )
