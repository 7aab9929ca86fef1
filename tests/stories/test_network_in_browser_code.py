"""Visitors draw with JavaScript, stories are drawn by Python: the same people give the same picture."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from stories.network.drawing import Words
from stories.network.people import Person
from stories.network.spots import NARROW, WIDE
from tests.stories.maps import COUNTRIES, drawn_by_javascript, networks, svg, words


def drawn_by_python(people: list[Person], texts: Words) -> list[str]:
    return [svg(people, frame, texts) for frame in (WIDE, NARROW)]


def as_json(people: list[Person], texts: Words) -> dict[str, Any]:
    return {"people": [asdict(person) for person in people], "words": asdict(texts)}


def test_samples_look_the_same(sample_networks: dict[str, list[Person]]) -> None:
    maps = [*sample_networks.values(), []]
    assert drawn_by_javascript([as_json(people, words()) for people in maps]) == [
        drawn_by_python(people, words()) for people in maps
    ]


# Starting Node takes longer than drawing: each example is a handful of maps.
@settings(max_examples=8)
@given(st.lists(networks(9), min_size=3, max_size=4), st.text(min_size=1, max_size=30))
def test_any_people_look_the_same(maps: list[list[Person]], name: str) -> None:
    texts = Words(title="<b>", description='"&"', ego=name.strip() or "Ik", countries=COUNTRIES)
    assert drawn_by_javascript([as_json(people, texts) for people in maps]) == [
        drawn_by_python(people, texts) for people in maps
    ]
