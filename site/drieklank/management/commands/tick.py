from typing import Any

from django.core.management.base import BaseCommand

from drieklank.heartbeat import Heartbeat


class Command(BaseCommand):
    help = "One heartbeat, for machines that start it from cron instead of running the worker."

    def handle(self, *args: Any, **options: Any) -> None:
        Heartbeat().beat(0.0)
