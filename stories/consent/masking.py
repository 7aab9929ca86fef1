"""Keeps private links out of the logs: their address is their key."""

from __future__ import annotations

import logging
import re
from typing import Any

LINK = re.compile(r"(/my-story/|/tell-your-story/|/s/calendar/)[^/\s\"'?]+")


class MaskPrivateLinks(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _masked(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_masked(value) for value in record.args)
        return True


def _masked(value: Any) -> Any:
    return LINK.sub(r"\1…", value) if isinstance(value, str) else value
