"""Quarters of a year, as steering groups count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

WRITTEN = re.compile(r"(20\d\d)-([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    year: int
    number: int  # 1 to 4

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def read(cls, text: str) -> Quarter | None:
        """``2026-4`` as a quarter, anything else as None."""
        match = WRITTEN.fullmatch(text)
        return cls(int(match[1]), int(match[2])) if match else None

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def previous(self) -> Quarter:
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """Its first moment, and the first after it, by the clock on the wall."""
        zone = ZoneInfo(settings.TIME_ZONE)
        return (
            datetime.combine(self.first_day, time(), tzinfo=zone),
            datetime.combine(self.next.first_day, time(), tzinfo=zone),
        )
