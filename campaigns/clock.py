"""Planning by the clock on the wall, which twice a year jumps."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

GAP = _(
    "In the night of {date} the clock goes from 2:00 to 3:00, so {time} does not exist. "
    "Choose a time before 2:00 or from 3:00 on."
)
REPEAT = _(
    "In the night of {date} the clock goes back from 3:00 to 2:00, so {time} comes twice. "
    "Choose a time before 2:00 or from 3:00 on."
)


def clock_change_problem(wall_time: datetime) -> Any | None:
    """Why a time on the wall (without time zone) names no single moment; None when it does.

    The hours are those of directive 2000/84/EC: in all three countries the clock changes at 1:00 UTC.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    earlier = wall_time.replace(tzinfo=zone, fold=0).utcoffset()
    later = wall_time.replace(tzinfo=zone, fold=1).utcoffset()
    if earlier is None or later is None or earlier == later:
        return None
    day, time = date_format(wall_time, "DATE_FORMAT"), date_format(wall_time, "H:i")
    return format_lazy(GAP if earlier < later else REPEAT, date=day, time=time)
