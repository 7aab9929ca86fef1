"""Every check of the house, one after the other, with one summary at the end: ``make test`` and ``make lint``."""

from __future__ import annotations

import argparse
import base64
import os
import secrets
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

from scripts.messages import compile_all

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "var" / "test-results"
ROOMS = ("site", "stories", "factsheets", "campaigns")
POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"


@dataclass(frozen=True, slots=True)
class Step:
    """One command. ``report`` is the JUnit file that a run of pytest leaves behind."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    report: Path | None = None


@dataclass(slots=True)
class Totals:
    """What the runs of pytest counted together."""

    passed: int = 0
    failed: int = 0
    skipped: list[str] = field(default_factory=list)

    def add(self, report: Path, name: str) -> None:
        for suite in ET.parse(report).iter("testsuite"):  # noqa: S314 - our own file
            skipped = int(suite.get("skipped", 0))
            failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            self.passed += int(suite.get("tests", 0)) - skipped - failed
            self.failed += failed
            for case in suite.iter("testcase"):
                reason = case.find("skipped")
                if reason is not None:
                    place = f"{case.get('classname', '')}.{case.get('name')}".lstrip(".")
                    self.skipped.append(f"{name}: {place}: {reason.get('message', '')}")


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(Path(sys.executable).parent / name), *arguments)


def manage(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "manage.py", *arguments)


def static_steps() -> list[Step]:
    # Nobody's database is asked: one that `make demo` made long ago says nothing about the code.
    testing = {"DJANGO_SETTINGS_MODULE": "drieklank.settings.test", "DATABASE_URL": "sqlite:///:memory:"}
    return [
        Step("style of Python", tool("ruff", "check", ".")),
        Step("format of Python", tool("ruff", "format", "--check", ".")),
        Step("templates", tool("djlint", "--lint", "--quiet", *ROOMS)),
        Step("types", tool("mypy", "manage.py", *ROOMS, "scripts", "tests")),
        Step("floors", tool("lint-imports", "--no-logo"), {"PYTHONPATH": os.pathsep.join(("site", "."))}),
        Step("texts in three languages", (sys.executable, "-m", "scripts.messages", "check")),
        Step("migrations", manage("makemigrations", "--check", "--dry-run"), testing),
        Step("Django's checks", manage("check", "--fail-level", "WARNING"), testing),
        Step(
            "Django's checks for production",
            manage("check", "--deploy", "--fail-level", "WARNING"),
            production(),
        ),
    ]


def production() -> dict[str, str]:
    """What production refuses to start without, made up for this run."""
    return {
        "DJANGO_SETTINGS_MODULE": "drieklank.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "CREDENTIALS_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "ALLOWED_HOSTS": "drieklank.example",
        "BASE_URL": "https://drieklank.example",
        "SECURITY_CONTACT": "security@drieklank.example",
    }


def test_steps() -> list[Step]:
    slow = "browser or network"
    return [
        _pytest("tests on SQLite", "-n", "auto", "-m", f"not postgres and not ({slow})"),
        _pytest("tests in a browser and on real networks", "-m", slow),
        _pytest(
            "tests on PostgreSQL",
            "-n",
            "auto",
            "-m",
            f"(database or postgres or redis) and not ({slow})",  # what asks no database has run already
            environment={"DATABASE_URL": POSTGRES_URL},
        ),
    ]


def _pytest(name: str, *arguments: str, environment: dict[str, str] | None = None) -> Step:
    report = RESULTS / f"{name.replace(' ', '-')}.xml"
    command = (sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *arguments)
    return Step(name, command, environment or {}, report)


def postgres_missing() -> str:
    """Why the tests cannot run on PostgreSQL; empty when they can."""
    import psycopg

    try:
        psycopg.connect(POSTGRES_URL, connect_timeout=3).close()
    except psycopg.OperationalError:
        return f"no PostgreSQL answers at {POSTGRES_URL} (TEST_POSTGRES_URL names another)"
    return ""


def run(step: Step) -> bool:
    print(f"\n=== {step.name}", flush=True)
    begin = time.monotonic()
    code = subprocess.run(
        step.command, cwd=ROOT, env={**os.environ, **step.environment}, stdin=subprocess.DEVNULL, check=False
    ).returncode
    no_test_chosen = step.report is not None and code == 5  # 5: pytest found none
    print(f"--- {step.name}: {'failed' if code else 'ok'} in {time.monotonic() - begin:.0f} s", flush=True)
    return code == 0 or no_test_chosen


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only-static", action="store_true", help="leave the tests out")
    only_static = parser.parse_args(arguments).only_static
    RESULTS.mkdir(parents=True, exist_ok=True)
    for report in RESULTS.glob("*.xml"):
        report.unlink()
    compile_all()

    failed: list[str] = []
    totals = Totals()
    for step in static_steps() + ([] if only_static else test_steps()):
        if step.environment.get("DATABASE_URL") == POSTGRES_URL and (reason := postgres_missing()):
            totals.skipped.append(f"{step.name}: {reason}")
            continue
        if not run(step):
            failed.append(step.name)
        if step.report and step.report.exists():
            totals.add(step.report, step.name)
    if REQUIRE_ALL and totals.skipped:
        failed.append("nothing may be skipped (REQUIRE_ALL=1)")
    conclude(failed, totals, only_static)
    return int(bool(failed))


def conclude(failed: list[str], totals: Totals, only_static: bool) -> None:
    print("\n=== summary")
    for line in totals.skipped:
        print(f"skipped  {line}")
    for name in failed:
        print(f"FAILED   {name}")
    if not failed:
        print("Everything that could run is in order.")
    if not only_static:
        print(f"{totals.passed} passed, {totals.failed} failed, {len(totals.skipped)} skipped")


if __name__ == "__main__":
    raise SystemExit(main())
