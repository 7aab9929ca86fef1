"""The settings of a server: it starts with its secrets and not without, and every variable is written down."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "drieklank.settings.production",
    "SECRET_KEY": "k7-Wq2mZx9pLs4Vt8Yb1Nc6Rf3Jd5Gh0Ua_EoIiPyTzXwQvBnM-83",
    "CREDENTIALS_KEYS": Fernet.generate_key().decode(),
    "ALLOWED_HOSTS": "drieklank.example,.drieklank.example",
    "BASE_URL": "https://drieklank.example",
    "SECURITY_CONTACT": "security@drieklank.example",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, which knows the given variables and none of this machine's."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_complete_production_passes_the_deployment_check_without_a_warning() -> None:
    result = manage("check", "--deploy", "--fail-level", "WARNING", **COMPLETE)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize("name", ["SECRET_KEY", "CREDENTIALS_KEYS", "ALLOWED_HOSTS", "BASE_URL"])
@pytest.mark.parametrize("value", [None, ""])
def test_production_does_not_start_without_a_secret_and_says_which(name: str, value: str | None) -> None:
    environment = {key: given for key, given in COMPLETE.items() if key != name}
    if value is not None:
        environment[name] = value
    result = manage("check", **environment)
    assert result.returncode != 0
    assert result.stderr.strip().splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: "
        f"Set {name} in the environment before starting Drieklank (see docs/settings.md)."
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [("CREDENTIALS_KEYS", "not a key"), ("CREDENTIALS_KEYS", ","), ("ALLOWED_HOSTS", "a.example,*")],
)
def test_production_does_not_start_with_a_secret_that_is_none(name: str, value: str) -> None:
    result = manage("check", **{**COMPLETE, name: value})
    assert result.returncode != 0
    assert name in result.stderr.strip().splitlines()[-1]
    assert value not in result.stderr or value == ","


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [("SECURITY_CONTACT", "", "drieklank.W001"), ("SECRET_KEY", "short", "security.W009")],
)
def test_what_is_weak_is_said(name: str, value: str, says: str) -> None:
    result = manage("check", "--deploy", "--fail-level", "WARNING", **{**COMPLETE, name: value})
    assert result.returncode != 0
    assert says in result.stderr


def test_a_developers_settings_are_no_production() -> None:
    result = manage(
        "check", "--deploy", "--fail-level", "WARNING", DJANGO_SETTINGS_MODULE="drieklank.settings.dev"
    )
    assert result.returncode != 0
    assert "drieklank.W002" in result.stderr


def variables_read() -> set[str]:
    """Every name that a settings module asks of the environment, as ``env.kind("NAME")``."""
    names = set()
    for path in (ROOT / "site/drieklank/settings").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "env"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                names.add(str(node.args[0].value))
    return names


def test_the_table_names_every_variable_and_no_other() -> None:
    table = re.findall(
        r"^\| `(\w+)` \| .+ \| .+ \| .+ \|$", (ROOT / "docs/settings.md").read_text(), re.MULTILINE
    )
    assert len(table) == len(set(table))
    assert set(table) == variables_read()


def test_no_other_module_of_the_site_reads_the_environment() -> None:
    """Otherwise the table would not be whole."""
    allowed = {"site/drieklank/wsgi.py"}
    rooms = [ROOT / name for name in ("site", "stories", "factsheets", "campaigns")]
    readers = {
        str(path.relative_to(ROOT))
        for room in rooms
        for path in room.rglob("*.py")
        if "settings" not in path.parts and re.search(r"os\.(environ|getenv)", path.read_text())
    }
    assert readers == allowed
