from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stories.consent.proof import is_genuine


class Command(BaseCommand):
    help = "Tells whether a proof of erasure was written by this site and not changed since."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the JSON file the teller holds")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError("This file cannot be read.") from error
        if not is_genuine(text):
            raise CommandError("This proof was not written by this site, or was changed.")
        self.stdout.write("This proof is genuine.")
