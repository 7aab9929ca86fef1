from __future__ import annotations

import tomllib

import pytest

from stories.network.choices import Relation
from stories.network.people import Person
from stories.sample_stories import SAMPLES


@pytest.fixture(scope="session")
def sample_networks() -> dict[str, list[Person]]:
    """The people of every sample story in every language, by "story language"."""
    return {
        f"{path.stem} {language}": [
            Person(
                label=person["label"][language],
                relation=person["relation"].replace("_", "-"),
                organisation=Relation(person["relation"].replace("_", "-")).is_organisation,
                country=person["country"],
                ring=person["ring"],
                how_often=person["how_often"],
                involved_by_care=person["involved_by_care"],
                helped=person["helped"],
            )
            for person in tomllib.loads(path.read_text(encoding="utf-8"))["people"]
        ]
        for path in sorted(SAMPLES.glob("*.toml"))
        for language in ("nl", "de", "fr")
    }
