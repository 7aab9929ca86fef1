"""Wagtail's own command, with a look at translations first."""

from __future__ import annotations

from typing import Any

from wagtail.management.commands.publish_scheduled import Command as PublishScheduled

from core.translations.schedule import hold_incomplete


class Command(PublishScheduled):
    def handle(self, *args: Any, **options: Any) -> None:
        if not options.get("dryrun"):
            hold_incomplete()
        super().handle(*args, **options)
