"""What the log of a worker leaves out, so that what it keeps is worth reading."""

from __future__ import annotations

import logging

from django.core.exceptions import ObjectDoesNotExist

INDEXING = frozenset(
    {"wagtail.tasks.update_reference_index_task", "modelsearch.tasks.insert_or_update_object_task"}
)


class GoneBeforeIndexed(logging.Filter):
    """Wagtail queues the indexing of a row that may be replaced before a worker comes to it: nothing is wrong then."""

    def filter(self, record: logging.LogRecord) -> bool:
        problem = record.exc_info[1] if record.exc_info else None
        names_indexing = isinstance(record.args, tuple) and not INDEXING.isdisjoint(map(str, record.args))
        return not (names_indexing and isinstance(problem, ObjectDoesNotExist))
