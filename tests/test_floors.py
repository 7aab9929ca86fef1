"""The house keeps its floors where import-linter does not look: relations between models, templates, files.

``drieklank`` > ``stories | factsheets | campaigns`` > ``support`` > ``core``; imports are checked by import-linter.
"""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[1]
FLOORS = {
    "core": 0,
    "support": 1,
    "stories": 2,
    "consent": 2,
    "factsheets": 2,
    "campaigns": 2,
    "cards": 2,
    "kit": 2,
    "approval": 2,
    "takedown": 2,
    "evergreen": 2,
    "drieklank": 3,
}
PLACES = {
    "core": "site/core",
    "support": "site/support",
    "stories": "stories",
    "consent": "stories/consent",
    "factsheets": "factsheets",
    "campaigns": "campaigns",
    "cards": "campaigns/cards",
    "kit": "campaigns/kit",
    "approval": "campaigns/approval",
    "takedown": "campaigns/takedown",
    "evergreen": "campaigns/evergreen",
    "drieklank": "site/drieklank",
}
PARTS = dict.fromkeys(("cards", "kit", "approval", "takedown", "evergreen"), "campaigns")
"""Apps of their own inside a room: they may know their room, which does not know them."""
LONGEST_MODULE = 320  # "about 300": a few lines more are no reason to tear something apart
REFERENCE = re.compile(r"""\{%\s*(?:extends|include|includeblock|import|from)\s+["']([^"']+)["']""")


def may_know(room: str, other: str) -> bool:
    """Whether ``room`` may point at ``other``: itself, the room it is a part of, a room below it, or somebody else's app."""
    return other in (room, PARTS.get(room)) or other not in FLOORS or FLOORS[other] < FLOORS[room]


def relations(model: type[models.Model]) -> Iterator[tuple[str, type[models.Model]]]:
    """Everything that ``model`` itself points at: foreign keys, many-to-many with their through model, tags."""
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many, *model._meta.private_fields]:
        if isinstance(field.remote_field, models.ForeignObjectRel):
            yield field.name, field.related_model
            through = getattr(field.remote_field, "through", None)
            if through is not None:
                yield field.name, through


def tracked_files(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_a_room_may_know_itself_what_is_below_and_strangers() -> None:
    assert may_know("stories", "stories")
    assert may_know("stories", "core")
    assert may_know("stories", "wagtailcore")
    assert not may_know("stories", "campaigns")
    assert not may_know("core", "support")
    assert not may_know("campaigns", "drieklank")


@pytest.mark.parametrize("room", FLOORS)
def test_models_point_only_at_rooms_below(room: str) -> None:
    broken = [
        f"{model.__name__}.{name} points at {target._meta.label}"
        for model in apps.get_app_config(room).get_models(include_auto_created=True)
        for name, target in relations(model)
        if not may_know(room, target._meta.app_label)
    ]
    assert broken == []


def test_relations_see_foreign_keys_and_through_models() -> None:
    story = apps.get_model("stories.StoryPage")
    seen = {(name, target._meta.label) for name, target in relations(story)}
    assert ("share_image", "core.CustomImage") in seen
    assert ("themes", "stories.StoryTheme") in seen


@pytest.mark.parametrize("room", FLOORS)
def test_templates_extend_and_include_only_rooms_below(room: str) -> None:
    broken = []
    for template in sorted((ROOT / PLACES[room]).glob("templates/**/*.*")):
        for name in REFERENCE.findall(template.read_text(encoding="utf-8")):
            owner = name.split("/")[0]
            if not may_know(room, owner):
                broken.append(f"{template.relative_to(ROOT)} uses {name}")
    assert broken == []


@pytest.mark.parametrize("room", FLOORS)
def test_a_room_replaces_no_template_of_another_room(room: str) -> None:
    """It may replace those of libraries."""
    folder = ROOT / PLACES[room] / "templates"
    names = {path.name for path in folder.iterdir()} if folder.exists() else set()
    assert not names & (set(FLOORS) - {room})


@pytest.mark.parametrize("folder", ["site", "locale", "media"])
def test_a_plain_folder_never_becomes_a_package(folder: str) -> None:
    """As packages they would hide the standard library's ``site`` and ``locale``."""
    assert not (ROOT / folder / "__init__.py").exists()


def test_modules_fit_in_a_head() -> None:
    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked_files("*.py")
        if "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
    }
    assert too_long == {}


def test_modules_say_what_they_are_about() -> None:
    nameless = [
        str(path.relative_to(ROOT))
        for path in tracked_files("*.py")
        if {"utils", "util", "helpers", "common", "misc"} & {part.removesuffix(".py") for part in path.parts}
    ]
    assert nameless == []


# Written apart, so that this file does not hold what it looks for.
FOREIGN = re.compile(
    "|".join(
        [
            r"(?:files\.)?python" + r"hosted\.org",
            r"pypi\." + r"org",
            r"registry\." + r"npmjs",
            r"npmjs\." + r"org",
            r"deb\." + r"debian",
            r"--(?:extra-)?index" + r"-url",
            r'"resolved"' + r":\s*\"http",
            r"(?<![\w.])/(?:root|home)" + r"/\w",
            r"(?<![\w.])/work" + r"/\w",
            r"(?<![\w.])/tmp" + r"/\w",
        ]
    )
)


def test_no_file_names_a_package_registry_or_a_place_on_one_machine() -> None:
    broken = []
    for path in tracked_files():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # pictures and typefaces
        broken += [
            f"{path.relative_to(ROOT)}:{number}: {match[0]}"
            for number, line in enumerate(lines, start=1)
            if (match := FOREIGN.search(line))
        ]
    assert broken == []


@pytest.mark.parametrize(
    "line",
    [
        "https://files.python" + "hosted.org/packages/x",
        "--index" + "-url https://x",
        'open("/tmp' + '/x.png")',
    ],
)
def test_such_a_place_would_be_found(line: str) -> None:
    assert FOREIGN.search(line)


def test_every_dependency_has_its_reason_written_down() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    told = (ROOT / "docs" / "dependencies.md").read_text()
    assert [line for line in wanted if re.split(r"[\[<>=~ ]", line)[0] not in told] == []
