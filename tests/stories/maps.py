"""Made-up people for maps, and the map as a browser's code draws it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from stories.network.choices import Frequency, Helped, Involved, Relation, Ring
from stories.network.drawing import Words, draw, markup
from stories.network.layout import place
from stories.network.people import LABEL_LENGTH, MOST_PEOPLE, Person
from stories.network.spots import Frame

STATIC = Path(__file__).parents[2] / "stories" / "static" / "stories" / "network"
NODE = Path(sys.executable).parent / "node"
COUNTRIES = {"NL": "Niederlande", "DE": "Deutschland", "BE": "Belgien", "XX": "Anderswo"}

LABELS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]) | st.just(" "),
    min_size=1,
    max_size=LABEL_LENGTH,
).filter(lambda label: label.strip())
GERMAN = [  # label, country, ring
    ("Krankenversicherungsträger", "DE", 3),
    ("Selbsthilfekontaktstelle", "NL", 2),
    ("Grenzgängerberatungsstelle", "BE", 3),
    ("Meine Lebensgefährtin", "NL", 1),
    ("Sozialpsychiatrischer Dienst", "DE", 2),
    ("Eingliederungshilfeeinrichtung Düren", "DE", 3),
    ("Betriebliche Eingliederungsmanagerin", "NL", 2),
    ("Arbeitsunfähigkeitsbescheinigungsstelle", "BE", 3),
    ("Hausarzt", "NL", 1),
    ("Selbsthilfegruppe für Grenzgänger*innen", "DE", 2),
]
GERMAN_LABELS = st.sampled_from([*(label for label, *__ in GERMAN), "Oma", "Rehabilitationsberatungsstelle"])


def german_people() -> list[Person]:
    """Ten, with names as long as they are in Germany."""
    return [
        Person(
            label,
            "friend",
            number % 2 == 0,
            country,
            ring,
            list(Frequency)[number % 4].value,
            list(Involved)[number % 3].value,
            list(Helped)[number % 3].value,
        )
        for number, (label, country, ring) in enumerate(GERMAN)
    ]


@st.composite
def persons(draw: st.DrawFn) -> Person:
    relation = draw(st.sampled_from(list(Relation)))
    return Person(
        label=draw(LABELS | GERMAN_LABELS),
        relation=relation.value,
        organisation=relation.is_organisation,
        country=draw(st.sampled_from(list(COUNTRIES))),
        ring=draw(st.sampled_from(list(Ring))).value,
        how_often=draw(st.sampled_from(list(Frequency))).value,
        involved_by_care=draw(st.sampled_from(list(Involved))).value,
        helped=draw(st.sampled_from(list(Helped))).value,
    )


def networks(most: int = MOST_PEOPLE) -> st.SearchStrategy[list[Person]]:
    return st.lists(persons(), max_size=most)


def words(ego: str = "Mila") -> Words:
    return Words(title="Karte", description="Die Menschen um Mila", ego=ego, countries=COUNTRIES)


def svg(people: list[Person], frame: Frame, texts: Words) -> str:
    return markup(draw(people, place(people, frame), frame, texts, "map"))


DRAW_ALL = """
import { draw, markup } from "%(folder)s/drawing.js";
import { NARROW, WIDE } from "%(folder)s/layout.js";
let input = "";
for await (const part of process.stdin) input += part;
const maps = JSON.parse(input).map(({ people, words }) =>
  [WIDE, NARROW].map((frame) => markup(draw(people, frame, words, "map"))));
process.stdout.write(JSON.stringify(maps));
"""


def drawn_by_javascript(maps: list[dict[str, Any]]) -> list[list[str]]:
    """The SVG, wide and narrow, of each of ``maps`` (people and words), made by the code that browsers run."""
    script = DRAW_ALL % {"folder": STATIC.as_uri()}
    done = subprocess.run(
        [str(NODE), "--no-warnings", "--input-type=module", "--eval", script],
        input=json.dumps(maps),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    drawn: list[list[str]] = json.loads(done.stdout)
    return drawn
