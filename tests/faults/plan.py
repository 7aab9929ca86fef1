"""What goes wrong in a run: chosen by chance, from a seed that is printed, at every step of every network."""

from __future__ import annotations

import random
import threading
from collections import Counter

from tests.fakes.server import Fault, Request

# How often each happens, relative to the others. "hang" costs a worker's thread its whole patience.
INSTEAD = {
    "drop": 6,
    "reset": 3,
    "500": 5,
    "502": 3,
    "429": 2,
    "429 with a time": 3,
    "html": 3,
    "invalid utf-8": 3,
    "half an answer": 3,
    "a list": 2,
    "redirect": 2,
    "error inside": 4,
    "401": 2,
    "10 megabytes": 1,
}
AFTER = {
    "drop": 10,
    "reset": 4,
    "500": 5,
    "502": 3,
    "html": 3,
    "invalid utf-8": 3,
    "half an answer": 3,
    "error inside": 3,
}


class Plan:
    """Decides about each call. ``share`` of the calls go wrong; of those that publish, twice as many."""

    def __init__(self, seed: int, share: float, hangs: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - a run can be repeated, and keeps no secret
        self._lock = threading.Lock()
        self._share = share
        self._hangs = hangs
        self.calls = 0
        self.made: Counter[str] = Counter()
        self.by_network: Counter[str] = Counter()

    def __call__(self, request: Request, publishes: bool) -> Fault | None:
        with self._lock:
            self.calls += 1
            if self._chance.random() >= self._share * (2 if publishes else 1):
                return None
            fault = self._choose(publishes)
            self.made[str(fault)] += 1
            self.by_network[request.network] += 1
            return fault

    def _choose(self, publishes: bool) -> Fault:
        after = self._chance.random() < (0.6 if publishes else 0.2)
        if self._hangs and self._chance.random() < 0.02:
            self._hangs -= 1
            return Fault("hang", after)
        kinds = AFTER if after else INSTEAD
        [kind] = self._chance.choices(list(kinds), list(kinds.values()))
        return Fault(kind, after)
