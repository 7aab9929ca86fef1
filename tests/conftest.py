"""What holds for every test: no network but this machine, data of the migrations always there, nothing skipped silently."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
from collections.abc import Generator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from scripts.messages import compile_all

REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PDF_TOOLS = ("pdfinfo", "pdftotext", "qpdf")
REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")

MARKERS_OF_FOLDERS = {"e2e": "browser", "networks": "network"}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}

# Other programs share the machine: a slow example is no failure.
hypothesis.settings.register_profile("drieklank", deadline=None, print_blob=True)
hypothesis.settings.load_profile("drieklank")

# Playwright runs an event loop in the thread of the test; the ORM is used from that thread alone.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_sessionstart() -> None:
    """Texts are tested as they are now, also in a fresh checkout that was never compiled."""
    from django.utils.translation.reloader import translation_file_changed

    if compile_all():
        translation_file_changed(sender=None, file_path=Path("django.mo"))  # Django forgets what it had read


# --- what is not there is skipped with a reason, or fails where everything must run -----------------


def _redis_answers() -> bool:
    import redis

    try:
        return bool(redis.Redis.from_url(REDIS_URL, socket_connect_timeout=1).ping())
    except redis.RedisError:
        return False


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    from django.conf import settings

    missing = {}
    if CHROMIUM is None:
        missing["browser"] = "Chromium is not installed (apt-get install chromium)"
    if not all(map(shutil.which, PDF_TOOLS)):
        missing["pdf_tools"] = "pdfinfo or qpdf is not installed (apt-get install poppler-utils qpdf)"
    if "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
        missing["postgres"] = "the tests run on SQLite (set DATABASE_URL to a PostgreSQL server)"
    if any(item.get_closest_marker("redis") for item in items) and not _redis_answers():
        missing["redis"] = f"no Redis answers at {REDIS_URL}"
    for item in items:
        for folder, name in MARKERS_OF_FOLDERS.items():
            if folder in item.path.parts:
                item.add_marker(name)
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", [])):
            item.add_marker("database")
        for name, reason in missing.items():
            if item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=reason))
        _keep_data_of_migrations(item)


def _keep_data_of_migrations(item: pytest.Item) -> None:
    """A transactional test empties the database: the next one gets locales, page trees and groups back."""
    marker = item.get_closest_marker("django_db")
    names = getattr(item, "fixturenames", [])
    transactional = bool(marker and marker.kwargs.get("transaction"))
    if transactional or {"transactional_db", "live_server"} & set(names):
        kwargs = {**(marker.kwargs if marker else {}), "transaction": True, "serialized_rollback": True}
        item.add_marker(pytest.mark.django_db(**kwargs), append=False)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let every connection know what the migrations filled in, whichever thread or event loop it belongs to.

    While Playwright's event loop runs, Django opens connections of their own (asgiref keeps them apart); the
    content to give back hangs on the one that was there first.
    """
    from django.db import connections

    with django_db_blocker.unblock():
        for connection in connections.all():
            content = getattr(connection, "_test_serialized_contents", None)
            if content is not None:
                setattr(type(connection), "_test_serialized_contents", content)  # noqa: B010 - Django's own name


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"Nothing may be skipped (REQUIRE_ALL=1). {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report


# --- the network is closed -------------------------------------------------------------------------


def _is_this_machine(host: Any) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def closed_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers that the test itself started on the loopback address can be reached, nothing else can."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def check(place: Any) -> None:
        if isinstance(place, tuple) and not _is_this_machine(place[0]):
            pytest.fail(f"This test tried to reach {place[0]}: the network is closed in tests.")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        check(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        check(address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        check((host,))
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


@pytest.fixture(autouse=True)
def in_dutch(settings: Any) -> Generator[None]:
    """A request in German that an earlier test made leaves German behind in this thread."""
    from django.utils.translation import override

    with override(settings.LANGUAGE_CODE):
        yield


# --- files and browser -----------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def media_of_this_test(settings: Any, tmp_path: Path) -> None:
    """What a test uploads is gone after it."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, not a build that Playwright downloads; root may not use its sandbox."""
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": [*sandbox, "--disable-gpu", "--disable-background-networking"],
    }
