"""Signs of life. The heartbeat writes one each time it comes round; whoever does the tasks writes another when
asked to: a clock that beats is no proof that there are hands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from campaigns.models import Pulse

SILENCE = timedelta(minutes=3)  # without a sign of life the worker counts as dead; cron ticks once a minute
ASK_AGAIN = timedelta(minutes=1)
ASK_ANYWAY = timedelta(minutes=10)  # the question itself may have been lost


def show_life(part: str) -> None:
    Pulse.objects.update_or_create(part=part, defaults={"seen_at": timezone.now()})


def beat() -> None:
    """The heart beats; and once a minute the hands are asked to show themselves, unless they owe an answer."""
    from campaigns import tasks

    show_life(Pulse.Part.HEART)
    now = timezone.now()
    Pulse.objects.get_or_create(part=Pulse.Part.HANDS)
    answered = Q(asked_at=None) | Q(seen_at__gte=F("asked_at"), asked_at__lt=now - ASK_AGAIN)
    if Pulse.objects.filter(answered | Q(asked_at__lt=now - ASK_ANYWAY), part=Pulse.Part.HANDS).update(
        asked_at=now
    ):
        tasks.show_hands.enqueue()


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of the worker; ``None``: never seen."""

    heart_at: datetime | None
    hands_at: datetime | None
    heart_beats: bool
    hands_work: bool

    @property
    def alive(self) -> bool:
        return self.heart_beats and self.hands_work


def look_for_life() -> Life:
    now = timezone.now()
    seen = dict(Pulse.objects.values_list("part", "seen_at"))
    heart, hands = seen.get(Pulse.Part.HEART), seen.get(Pulse.Part.HANDS)
    return Life(
        heart_at=heart,
        hands_at=hands,
        heart_beats=heart is not None and now - heart <= SILENCE,
        hands_work=hands is not None and now - hands <= SILENCE + ASK_AGAIN,
    )
