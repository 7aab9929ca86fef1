"""Starts Drieklank on this machine with sample content: web server and worker, until Ctrl-C.

The standard library only: what it starts lives in ``.venv``, which it makes first.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NotRequired, TypedDict

from scripts import environment
from scripts.environment import ROOT, SetupError
from scripts.processes import Family

DEFAULT_PORT = 8000
SECONDS_TO_START = 60
LANGUAGES = {"nl": "Nederlands", "de": "Deutsch", "fr": "Français"}


class Logins(TypedDict):
    """What ``scripts.prepare`` answers."""

    password: str
    links: NotRequired[list[list[str]]]
    people: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SystemProgram:
    """Something that pip cannot install and that one feature needs."""

    name: str
    feature: str
    package: str


# Today everything comes from PyPI; a feature that needs a system program names it here.
OPTIONAL_PROGRAMS: tuple[SystemProgram, ...] = ()


def read_port(values: Mapping[str, str]) -> int:
    """The port that ``PORT`` asks for. Raises ``SetupError`` for one that is none."""
    text = values.get("PORT") or str(DEFAULT_PORT)
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise SetupError(f"PORT={text} is not a port: choose a number from 1024 to 65535")
    return int(text)


def check_port(port: int) -> None:
    """Raises ``SetupError`` when ``port`` cannot be listened on."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except PermissionError:
            raise SetupError(f"Port {port} is for root alone. Choose another: make demo PORT=8001") from None
        except OSError:
            raise SetupError(
                f"Port {port} is in use by another program. Choose another: make demo PORT={port + 1}"
            ) from None


def check_folder(root: Path) -> None:
    """Raises ``SetupError`` when nothing can be written in ``root``."""
    try:
        (root / "var").mkdir(exist_ok=True)
        for folder in (root, root / "var", root / "media"):
            with tempfile.TemporaryFile(dir=folder):
                pass
    except OSError as error:
        raise SetupError(
            f"Nothing can be written in {root} ({error.strerror}). Copy Drieklank to a folder of your own."
        ) from None


def missing_programs(programs: tuple[SystemProgram, ...] = OPTIONAL_PROGRAMS) -> list[str]:
    """One line per program that is not there: what does without it, and how to add it."""
    return [
        f"Without {program.name}, {program.feature} does not work: sudo apt-get install {program.package}"
        for program in programs
        if shutil.which(program.name) is None
    ]


def surroundings(port: int, values: Mapping[str, str]) -> dict[str, str]:
    """The environment of everything that is started."""
    return {
        **values,
        "DJANGO_SETTINGS_MODULE": "drieklank.settings.dev",
        "DEBUG": "0",  # error pages as a citizen sees them
        "BASE_URL": f"http://localhost:{port}",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "site"), str(ROOT))),
        "PYTHONUNBUFFERED": "1",
    }


def prepare(values: Mapping[str, str]) -> Logins:
    """Texts, database, sample content: answers who can sign in. Raises ``SetupError``."""
    first_time = not (ROOT / "var" / "drieklank.sqlite3").exists()
    print(
        f"Preparing texts, database and sample content{' (a minute)' if first_time else ''} …",
        flush=True,
    )
    command = [str(environment.python_in(ROOT / ".venv")), "-m", "scripts.prepare"]
    result = subprocess.run(
        command, cwd=ROOT, env=dict(values), stdout=subprocess.PIPE, text=True, check=False
    )
    if result.returncode:
        raise SetupError("Preparing failed, see above.")
    logins: Logins = json.loads(result.stdout)
    return logins


def start(family: Family, port: int, values: Mapping[str, str]) -> None:
    programs = ROOT / ".venv" / "bin"
    server = [
        str(programs / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "drieklank.wsgi:application",
    ]  # fmt: skip
    family.start("web server", server, folder=ROOT, environment=values)
    family.start("worker", [str(programs / "python"), "manage.py", "worker"], folder=ROOT, environment=values)


def wait_until_it_answers(family: Family, port: int) -> None:
    """Raises ``SetupError`` when a child ends first, or nothing answers in time."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if end := family.ended():
            raise SetupError(f"The {end[0]} ended with code {end[1]} before it answered, see above.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SetupError(f"The web server did not answer within {SECONDS_TO_START} seconds.")


def greeting(port: int, logins: Logins) -> str:
    """Where to look, and as whom to sign in."""
    address = f"http://localhost:{port}"
    lines = ["", "Drieklank is ready.", ""]
    lines += [f"  {name:<12}{address}/{code}/" for code, name in LANGUAGES.items()]
    lines += [f"  {'Admin':<12}{address}/admin/", ""]
    lines += [f"Sign in with the password {logins['password']} as"]
    lines += [f"  {email:<24}{role}" for email, role in logins["people"]]
    if logins.get("links"):
        lines += ["", "Private links of partners, which need no sign-in:"]
        lines += [f"  {name}: {address}" for name, address in logins["links"]]
    lines += ["", "Ctrl-C ends it."]
    return "\n".join(lines)


def stop_on_request(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    begin = time.monotonic()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop_on_request)
    try:
        port = read_port(os.environ)
        check_folder(ROOT)
        check_port(port)
        environment.ensure(ROOT / "requirements.lock")
        for line in missing_programs():
            print(line)
        values = surroundings(port, os.environ)
        logins = prepare(values)
        with Family() as family:
            start(family, port, values)
            wait_until_it_answers(family, port)
            print(greeting(port, logins), f"(Ready after {time.monotonic() - begin:.0f} s.)", flush=True)
            name, code = family.wait()
        raise SetupError(f"The {name} ended with code {code}, so everything was stopped.")
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return 0
