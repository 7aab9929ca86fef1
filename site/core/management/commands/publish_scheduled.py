"""Wagtail's own command, with a look first at what may not go online."""

from __future__ import annotations

from typing import Any

from wagtail.management.commands.publish_scheduled import Command as PublishScheduled

from core.publishing import hold_back


class Command(PublishScheduled):
    def handle(self, *args: Any, **options: Any) -> None:
        if not options.get("dryrun"):
            hold_back()
        super().handle(*args, **options)
