"""The background worker: one heartbeat, and several threads that do the tasks."""

from __future__ import annotations

import logging
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from campaigns.tasks import PUBLISHING
from drieklank.heartbeat import Heartbeat

logger = logging.getLogger(__name__)

PAUSE = 0.5  # seconds between looks: a planned minute is met within about one second


class Command(BaseCommand):
    help = "Publishes what is planned and does all other work in the background, until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--threads", type=int, default=4, help="how many posts are published at a time (default: 4)"
        )

    def handle(self, *args: Any, threads: int, **options: Any) -> None:
        stop = threading.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *__: stop.set())
        workers = self.start_workers(threads) if self.uses_database() else []
        self.stdout.write("Worker: ready.")
        heartbeat = Heartbeat()
        while not stop.is_set():
            close_old_connections()
            heartbeat.beat(time.monotonic())
            stop.wait(PAUSE)
        for worker in workers:
            worker.running = False
        self.stdout.write("Worker: finishing what it has begun.")

    def uses_database(self) -> bool:
        """With RQ the tasks are done by ``manage.py rqworker``; only the heart beats here."""
        return settings.TASKS["default"]["BACKEND"] == "django_tasks_db.DatabaseBackend"

    def start_workers(self, publishing: int) -> list[Worker]:
        """Several threads that publish, and one for all the rest: indexing one page twice at once fails."""
        workers = [new_worker([PUBLISHING], []) for __ in range(publishing)]
        workers.append(new_worker(["*"], [PUBLISHING]))
        for worker in workers:
            threading.Thread(target=worker.run, name=f"tasks-{worker.worker_id[:6]}").start()
        return workers


class LastingWorker(Worker):
    """Goes on when the database was away: the library's own worker ends, and its tasks would wait for ever."""

    def run(self) -> None:
        while self.running:
            try:
                return super().run()
            except Exception:
                logger.exception("The worker was interrupted; it goes on in a moment")
                close_old_connections()
                time.sleep(self.interval)
        return None


def new_worker(queues: list[str], excluded_queues: list[str]) -> Worker:
    return LastingWorker(
        queue_names=queues,
        interval=PAUSE,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=excluded_queues,
    )
