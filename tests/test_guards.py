"""What ``tests/conftest.py`` promises to every test."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from wagtail.models import Locale, Page

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("host", ["example.org", "192.0.2.1", "10.0.0.1", "2001:db8::1"])
def test_other_machines_cannot_be_reached(host: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="the network is closed"):
        socket.create_connection((host, 80), timeout=1)


def test_a_server_on_this_machine_can() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_data_of_migrations_survive_tests_that_empty_the_database(turn: int) -> None:
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"nl", "de", "fr"}
    assert Group.objects.filter(name="Translators").exists()
    assert Page.objects.filter(depth=2).count() == 3


@pytest.mark.parametrize("turn", [1, 2])
def test_uploads_of_another_test_are_not_here(turn: int) -> None:
    folder = Path(settings.MEDIA_ROOT)
    assert not folder.exists()
    folder.mkdir()


SKIPPING = {
    "mark": "import pytest\n@pytest.mark.skip(reason='no printer')\ndef test_it(): ...\n",
    "call": "import pytest\ndef test_it(): pytest.skip('no ink')\n",
    "module": "import pytest\npytest.skip('no paper', allow_module_level=True)\n",
}


@pytest.mark.parametrize(("require_all", "refused"), [("1", 3), ("", 0)])
def test_where_all_is_required_a_skip_fails_and_says_why(
    require_all: str, refused: int, tmp_path: Path
) -> None:
    for name, text in SKIPPING.items():
        (tmp_path / f"test_{name}.py").write_text(text)
    options = ["-p", "tests.conftest", "-c", "pyproject.toml", "-rs", "--continue-on-collection-errors"]
    result = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "REQUIRE_ALL": require_all},
        capture_output=True,
        text=True,
        check=False,
    )
    for reason in ("no printer", "no ink", "no paper"):
        assert reason in result.stdout
        assert bool(re.search(rf"Nothing may be skipped .*{reason}", result.stdout)) == bool(require_all)
    assert (result.returncode == 1) == bool(require_all), result.stdout
