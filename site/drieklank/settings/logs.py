"""What is logged, and what never stands in a log."""

from __future__ import annotations

from typing import Any

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {
        "mask_private_links": {"()": "stories.consent.masking.MaskPrivateLinks"},
        "gone_before_indexed": {"()": "drieklank.log_filters.GoneBeforeIndexed"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["mask_private_links"]}
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django_tasks": {"level": "WARNING", "filters": ["gone_before_indexed"]},
        "django_tasks_db": {"level": "WARNING"},
    },
}
