"""The virtual environment that ``make`` keeps: installed once, again when the lock changes, never half."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from scripts import environment
from scripts.environment import SetupError


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.lock"
    path.write_text("first==1.0 \\\n    --hash=sha256:00\n")
    return path


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    """Looks like a virtual environment, with this Python in it."""
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    (venv / "pyvenv.cfg").write_text("version = 3.11.7\n")
    return venv


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was installed, without installing it."""
    texts: list[str] = []
    monkeypatch.setattr(environment, "install", lambda lock, venv: texts.append(lock.read_text()))
    return texts


def test_a_lock_is_installed_once(lock: Path, venv: Path, installed: list[str]) -> None:
    assert environment.ensure(lock, venv)
    assert not environment.ensure(lock, venv)
    assert len(installed) == 1


def test_a_changed_lock_is_installed_again(lock: Path, venv: Path, installed: list[str]) -> None:
    environment.ensure(lock, venv)
    lock.write_text("first==1.1 \\\n    --hash=sha256:01\n")
    assert environment.ensure(lock, venv)
    assert installed[-1].startswith("first==1.1")


def test_another_python_installs_again(lock: Path, venv: Path, installed: list[str]) -> None:
    environment.ensure(lock, venv)
    (venv / "pyvenv.cfg").write_text("version = 3.13.0\n")
    assert environment.ensure(lock, venv)


def test_an_install_that_failed_is_tried_again(
    lock: Path, venv: Path, installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(lock: Path, venv: Path) -> None:
        raise SetupError("offline")

    with monkeypatch.context() as patch:
        patch.setattr(environment, "install", fail)
        with pytest.raises(SetupError):
            environment.ensure(lock, venv)
    assert environment.ensure(lock, venv)
    assert len(installed) == 1


def test_an_environment_that_was_broken_off_is_made_anew(
    lock: Path, venv: Path, installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (venv / "bin" / "python").unlink()
    made: list[Path] = []
    monkeypatch.setattr(environment, "create", made.append)
    environment.ensure(lock, venv)
    assert made == [venv]


def test_without_any_maker_the_missing_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "_has_module", lambda name: False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetupError, match="apt-get install python3-venv"):
        environment.create(tmp_path / ".venv")


def test_pip_that_fails_shows_its_last_words(
    lock: Path, venv: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (venv / "bin" / "python").unlink()
    (venv / "bin" / "python").write_text(
        "#!/bin/sh\necho Collecting first==1.0\necho THE HASHES DIFFER\nexit 1\n"
    )
    (venv / "bin" / "python").chmod(0o755)
    with pytest.raises(SetupError, match=r"Installing requirements\.lock failed"):
        environment.install(lock, venv)
    assert "THE HASHES DIFFER" in capsys.readouterr().err


def test_progress_counts_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", output := io.StringIO())
    show = environment.progress(total=2, terminal=True)
    for line in (
        "Collecting wagtail==8.0\n",
        "  Downloading x\n",
        "Requirement already satisfied: pillow==11 in …\n",
    ):
        show(line)
    assert "1/2 wagtail" in output.getvalue()
    assert "2/2 pillow" in output.getvalue()
