"""The virtual environment ``.venv``: makes it, and installs a lock file into it when that changed.

Runs on a bare Python, before anything is installed: the standard library only.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
import shutil
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LINES_SHOWN_ON_FAILURE = 25


class SetupError(Exception):
    """Why it cannot go on: one line for the person at the terminal."""


def python_in(venv: Path) -> Path:
    return venv / "bin" / "python"


def checksum(lock: Path, venv: Path) -> str:
    """Changes with the lock file and with the Python that it was installed for."""
    configuration = venv / "pyvenv.cfg"
    python = configuration.read_bytes() if configuration.exists() else b""
    return hashlib.sha256(lock.read_bytes() + python).hexdigest()


def is_current(lock: Path, venv: Path) -> bool:
    marker = _marker(lock, venv)
    return python_in(venv).exists() and marker.exists() and marker.read_text() == checksum(lock, venv)


def ensure(lock: Path, venv: Path = ROOT / ".venv") -> bool:
    """Bring ``venv`` up to date with ``lock``. Answers whether anything had to be done. Raises ``SetupError``."""
    if is_current(lock, venv):
        return False
    if not _works(venv):
        print(f"Making the virtual environment {venv.name} …", flush=True)
        create(venv)
    install(lock, venv)
    _marker(lock, venv).write_text(checksum(lock, venv))
    return True


def create(venv: Path) -> None:
    """Make ``venv`` with pip in it. Raises ``SetupError``.

    Debian keeps the part of Python that brings pip in a package apart, which takes root to install;
    to unpack that package needs none.
    """
    if _has_module("ensurepip"):
        _run([sys.executable, "-m", "venv", "--clear", str(venv)])
        return
    with tempfile.TemporaryDirectory() as folder:
        wheel = _pip_from_debian(Path(folder))
        if wheel is None:
            raise SetupError(
                "Python's venv module is incomplete on this machine: "
                "sudo apt-get install python3-venv, then run this again."
            )
        _run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(venv)])
        _run([str(python_in(venv)), str(wheel / "pip"), "install", "--quiet", "--no-index", str(wheel)])


def _pip_from_debian(folder: Path) -> Path | None:
    """Fetch pip's wheel from the machine's own Debian or Ubuntu sources into ``folder``, without root."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return None
    for name in ("lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True)
    apt = [
        "apt-get", "--quiet=2", "-o", f"Dir::State::Lists={folder}/lists", "-o", f"Dir::Cache={folder}/cache",
        "-o", "Acquire::Languages=none",
    ]  # fmt: skip
    print("Fetching pip from this system's package sources …", flush=True)
    for command in ([*apt, "update"], [*apt, "download", "python3-pip-whl"]):
        if subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode:
            return None
    for package in folder.glob("*.deb"):
        subprocess.run(["dpkg-deb", "--extract", str(package), str(folder)], check=True)
    return next(folder.glob("usr/share/python-wheels/pip-*.whl"), None)


def _run(command: list[str]) -> None:
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise SetupError(f"Making the virtual environment failed: {(result.stderr or result.stdout).strip()}")


def install(lock: Path, venv: Path) -> None:
    """Install exactly what ``lock`` names, checked against its hashes. Raises ``SetupError``."""
    total = len(re.findall(r"^\S+==", lock.read_text(), re.MULTILINE))
    print(f"Installing {total} packages from {lock.name} (a minute or two the first time) …", flush=True)
    command = [
        str(python_in(venv)), "-m", "pip", "install", "--no-input", "--disable-pip-version-check",
        "--require-hashes", "--requirement", str(lock),
    ]  # fmt: skip
    last_lines: deque[str] = deque(maxlen=LINES_SHOWN_ON_FAILURE)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=lock.parent
    ) as pip:
        assert pip.stdout is not None  # noqa: S101 - a pipe was asked for
        show = progress(total, sys.stdout.isatty())
        try:
            for line in pip.stdout:
                last_lines.append(line)
                show(line)
        except BaseException:  # Ctrl-C or a request to stop: do not wait for the rest of the downloads
            pip.terminate()
            raise
    if pip.returncode:
        print("".join(last_lines), file=sys.stderr)
        raise SetupError(
            f"Installing {lock.name} failed, see above. Is this machine online? Run the same command to go on."
        )


def progress(total: int, terminal: bool) -> Callable[[str], None]:
    """Turn pip's lines into a count: one line that is overwritten on a terminal, one in twenty elsewhere."""
    done = 0

    def show(line: str) -> None:
        nonlocal done
        if match := re.match(
            r"(?:Collecting|Ignoring|Processing|Requirement already satisfied:) (\S+?)[=:\s]", line
        ):
            done += 1
            if terminal:
                print(f"\r  {done:3}/{total} {Path(match[1]).name[:40]:<40}", end="", flush=True)
            elif done % 20 == 0 or done == total:
                print(f"  {done:3}/{total}", flush=True)
        elif line.startswith("Installing collected packages"):
            print("\n" * terminal + "  unpacking …", flush=True)

    return show


def _marker(lock: Path, venv: Path) -> Path:
    return venv / f".{lock.name}.sha256"


def _works(venv: Path) -> bool:
    """Whether ``venv`` has a Python that starts and a pip: one that was broken off halfway has not."""
    if not python_in(venv).exists():
        return False
    command = [str(python_in(venv)), "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _has_module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def main(lock_names: list[str]) -> int:
    try:
        for name in lock_names:
            ensure(ROOT / name)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
