"""``make demo``: what it says when something is in the way, and that it leaves nothing running."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from scripts import environment, launcher
from scripts.demo import too_old
from scripts.environment import SetupError
from scripts.processes import Family


def wait_for(condition: object, seconds: float = 20) -> None:
    """Wait until ``condition()`` holds; fail when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that ended and was not yet collected by its parent counts as gone."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


# --- before anything is made -------------------------------------------------------------------


@pytest.mark.parametrize("version", [(2, 7), (3, 6), (3, 10, 13)])
def test_a_python_that_is_too_old_is_named(version: tuple[int, ...]) -> None:
    line = too_old(version)
    assert "3.11 or newer" in line
    assert f"Python {version[0]}.{version[1]}" in line
    assert "\n" not in line


@pytest.mark.parametrize("version", [(3, 11), (3, 12, 1), (3, 14), (4, 0)])
def test_a_python_that_will_do_is_not_remarked_on(version: tuple[int, ...]) -> None:
    assert too_old(version) == ""


def test_without_port_it_is_8000() -> None:
    assert launcher.read_port({}) == 8000
    assert launcher.read_port({"PORT": ""}) == 8000


def test_port_chooses_the_port() -> None:
    assert launcher.read_port({"PORT": "8123"}) == 8123


@pytest.mark.parametrize("text", ["http", "-1", "0", "65536", "80 80", "8000.5", "٨٠٠٠x"])
def test_a_port_that_is_none_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(SetupError) as refusal:
        launcher.read_port({"PORT": text})
    assert text in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_busy_port_is_named_and_the_next_one_offered() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SetupError, match=rf"Port {port} is in use.*PORT={port + 1}"):
            launcher.check_port(port)
    launcher.check_port(port)


def test_an_unwritable_folder_is_named() -> None:
    # Root may write everywhere but in the kernel's own folders, so this one works for root too.
    with pytest.raises(SetupError, match=r"Nothing can be written in /proc/self \(.+\)"):
        launcher.check_folder(Path("/proc/self"))


def test_a_writable_folder_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    launcher.check_folder(tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["media", "var"]


def test_a_missing_system_program_is_told_with_the_line_that_adds_it() -> None:
    there = launcher.SystemProgram("sh", "the shell", "dash")
    missing = launcher.SystemProgram("no-such-program", "printing", "cups")
    (line,) = launcher.missing_programs((there, missing))
    assert "printing" in line
    assert "apt-get install cups" in line


def test_everything_that_is_started_knows_the_port() -> None:
    values = launcher.surroundings(8123, {"PATH": "/bin"})
    assert values["BASE_URL"] == "http://localhost:8123"
    assert values["PATH"] == "/bin"


def test_the_greeting_names_three_languages_and_every_login() -> None:
    text = launcher.greeting(8123, {"password": "geheim", "people": [("editor@example.org", "Editors")]})
    for address in ("nl", "de", "fr", "admin"):
        assert f"http://localhost:8123/{address}/" in text
    assert "geheim" in text
    assert "editor@example.org" in text


# --- children ----------------------------------------------------------------------------------

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open(sys.argv[1], "w").write(str(child.pid))
time.sleep(600)
"""


def written_pid(path: Path) -> int:
    wait_for(lambda: path.exists() and path.read_text())
    return int(path.read_text())


PREPARING = """
import os
from scripts import prepare

def ready():
    print("Subject: a mail that somebody prints")
    os.system("echo a program that talks")
    return {"password": "x", "people": [], "links": []}

prepare.ready = ready
prepare.main()
print("and more at the end")
"""


def test_whatever_is_printed_while_preparing_the_answer_alone_stands_on_standard_output() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PREPARING],
        cwd=launcher.ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert json.loads(done.stdout) == {"password": "x", "people": [], "links": []}
    for words in ("a mail that somebody prints", "a program that talks", "and more at the end"):
        assert words in done.stderr


def test_leaving_ends_children_and_their_children_even_stubborn_ones(tmp_path: Path) -> None:
    with Family(patience=0.2) as family:
        family.start(
            "stubborn",
            [sys.executable, "-c", STUBBORN, str(tmp_path / "pid")],
            folder=tmp_path,
            environment=os.environ,
        )
        grandchild = written_pid(tmp_path / "pid")
        child = family.children["stubborn"].pid
        assert is_alive(child)
        assert is_alive(grandchild)
    wait_for(lambda: not is_alive(child) and not is_alive(grandchild))


def test_a_child_that_ends_is_named_with_its_code(tmp_path: Path) -> None:
    with Family(patience=0.2) as family:
        family.start(
            "worker", [sys.executable, "-c", "raise SystemExit(3)"], folder=tmp_path, environment=os.environ
        )
        family.start("web server", ["sleep", "600"], folder=tmp_path, environment=os.environ)
        assert family.wait() == ("worker", 3)


LAUNCH = """
import sys
from pathlib import Path
from scripts import environment, launcher

Path("var").mkdir(exist_ok=True)
Path("media").mkdir(exist_ok=True)
launcher.ROOT = Path.cwd()
environment.ensure = lambda lock: False
launcher.prepare = lambda values: {"password": "x", "people": []}
launcher.wait_until_it_answers = lambda family, port: None

def start(family, port, values):
    for name in ("web server", "worker"):
        family.start(name, ["sh", "-c", f"echo $$ > {name.split()[0]}.pid; exec sleep 600"], folder=Path.cwd(), environment=values)

launcher.start = start
sys.exit(launcher.main())
"""


@pytest.fixture
def launched(tmp_path: Path) -> subprocess.Popen[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(LAUNCH)],
        cwd=tmp_path,
        env={**os.environ, "PORT": str(port), "PYTHONPATH": str(environment.ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_stop_ends_all_of_it(
    launched: subprocess.Popen[str], tmp_path: Path, number: signal.Signals
) -> None:
    pids = [written_pid(tmp_path / name) for name in ("web.pid", "worker.pid")]
    launched.send_signal(number)
    output, errors = launched.communicate(timeout=30)
    assert launched.returncode == 0, errors
    assert output.endswith("Stopped.\n")
    assert not any(is_alive(pid) for pid in pids)


def test_when_one_child_dies_the_other_is_ended_and_it_says_so(
    launched: subprocess.Popen[str], tmp_path: Path
) -> None:
    web, worker = (written_pid(tmp_path / name) for name in ("web.pid", "worker.pid"))
    os.kill(worker, signal.SIGKILL)
    _output, errors = launched.communicate(timeout=30)
    assert launched.returncode == 1
    assert errors == "The worker ended with code -9, so everything was stopped.\n"
    assert not is_alive(web)
