from typing import Any

from django.core.management.base import BaseCommand

from stories.consent.cascade.restoring import apply_tombstones


class Command(BaseCommand):
    help = "After a backup was restored: erases again every story whose teller had withdrawn it."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{apply_tombstones()} stories were back and are erased again.")
