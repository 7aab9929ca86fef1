from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaigns.health.noticing import notice


class Command(BaseCommand):
    help = "Looks whether the background worker is alive, mails staff when it is not, and then ends with an error."

    def handle(self, *args: Any, **options: Any) -> None:
        life = notice()
        if not life.heart_beats:
            raise CommandError("The worker is silent.")
        if not life.hands_work:
            raise CommandError("The worker's clock beats, but nobody does its tasks.")
        self.stdout.write("The worker is alive.")
