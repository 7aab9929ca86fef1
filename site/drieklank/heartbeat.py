"""What nobody else would do by itself: planned posts, planned pages, tasks whose worker died."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus

from campaigns.actions import tend_accounts
from campaigns.approval.reminding import tick as tick_sign_offs
from campaigns.evergreen.filling import tick as tick_evergreen
from campaigns.health.pulse import beat as show_that_it_beats
from campaigns.kit.telling import tick as tick_kits
from campaigns.takedown.actions import tick as tick_take_downs
from campaigns.ticking import tick as tick_campaigns
from core.erasing import forget_deleted_files
from factsheets.ticking import print_stale_sheets
from factsheets.ticking import tick as tick_factsheets
from stories.consent.cascade.restoring import apply_tombstones
from stories.consent.ticking import tick as tick_consents
from stories.submissions.ticking import tick as tick_submissions
from support.ticking import tick as tick_support

logger = logging.getLogger(__name__)

TASK_TAKES_AT_MOST = timedelta(minutes=15)
KEEP_FINISHED_TASKS = timedelta(days=7)


def publish_planned_pages() -> None:
    """Wagtail's pages and posts whose time to go online, or offline, has come."""
    call_command("publish_scheduled", verbosity=0)


def sweep_tasks() -> None:
    """A task whose worker was killed stays "running" for ever: call it failed. Its row says what is next."""
    forget_deleted_files()
    if settings.TASKS["default"]["BACKEND"] != "django_tasks_db.DatabaseBackend":
        return
    from django_tasks_db.models import DBTaskResult

    now = timezone.now()
    DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lt=now - TASK_TAKES_AT_MOST
    ).update(status=TaskResultStatus.FAILED, finished_at=now)
    DBTaskResult.objects.filter(
        status__in=[TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED],
        finished_at__lt=now - KEEP_FINISHED_TASKS,
    ).delete()


BEATS: list[tuple[Callable[[], object], timedelta]] = [
    (tick_campaigns, timedelta(0)),
    (tick_kits, timedelta(seconds=20)),
    (tick_sign_offs, timedelta(seconds=20)),
    (tick_take_downs, timedelta(seconds=5)),
    (tick_evergreen, timedelta(minutes=1)),
    (show_that_it_beats, timedelta(seconds=10)),
    (tend_accounts, timedelta(minutes=2)),
    (tick_factsheets, timedelta(minutes=1)),
    (print_stale_sheets, timedelta(minutes=10)),
    (apply_tombstones, timedelta(hours=1)),  # and when a worker starts: a backup may have been restored
    (tick_consents, timedelta(seconds=20)),
    (tick_submissions, timedelta(minutes=10)),
    (tick_support, timedelta(minutes=1)),
    (publish_planned_pages, timedelta(seconds=20)),
    (sweep_tasks, timedelta(minutes=5)),
]


class Heartbeat:
    """Does each beat when its pause has passed. One that fails is logged and does not stop the others."""

    def __init__(self) -> None:
        self._last: dict[Callable[[], object], float] = {}

    def beat(self, clock: float) -> None:
        """``clock`` is a monotonic time in seconds."""
        for work, pause in BEATS:
            last = self._last.get(work)
            if last is not None and clock - last < pause.total_seconds():
                continue
            self._last[work] = clock
            try:
                work()
            except Exception:
                logger.exception("%s failed; it is tried again", work.__name__)
