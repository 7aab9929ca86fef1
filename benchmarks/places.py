"""Where a run works: a database of its own with the sample content, gone when it ends."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


@contextmanager
def own_database(folder: Path) -> Iterator[tuple[str, str]]:
    """Its address and what it is. PostgreSQL where a server answers (``TEST_POSTGRES_URL``), else SQLite."""
    name = f"drieklank_bench_{os.getpid()}"
    try:
        server = psycopg.connect(POSTGRES_URL, connect_timeout=3, autocommit=True)
    except psycopg.OperationalError:
        yield f"sqlite:///{folder / 'benchmark.sqlite3'}", "SQLite"
        return
    with server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            kind = f"PostgreSQL {server.info.server_version // 10000}"
            yield urlsplit(POSTGRES_URL)._replace(path=f"/{name}").geturl(), kind
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def prepared() -> Iterator[str]:
    """Django, set up on a database of its own with the sample content. Yields what database it is."""
    with (
        tempfile.TemporaryDirectory(prefix="drieklank-bench-") as name,
        own_database(Path(name)) as (url, kind),
    ):
        os.environ |= {
            "DATABASE_URL": url,
            "MEDIA_ROOT": str(Path(name) / "media"),
            "CONSENT_EVIDENCE_ROOT": str(Path(name) / "evidence"),
            "CONSENT_TOMBSTONES": str(Path(name) / "tombstones.jsonl"),
            "DJANGO_SETTINGS_MODULE": "drieklank.settings.dev",
            "DEBUG": "0",
            "CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES": "1",
        }
        sys.path[:0] = [str(ROOT / "site")]
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        logging.disable(logging.INFO)
        try:
            with work_done_at_once():
                call_command("migrate", interactive=False, verbosity=0)
                call_command("load_samples")
            yield kind
        finally:
            connections.close_all()


@contextmanager
def work_done_at_once() -> Iterator[None]:
    """Work in the background is done on the spot: there is no worker beside this process."""
    from django.test import override_settings

    backend = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}
    mail = "django.core.mail.backends.locmem.EmailBackend"
    with override_settings(TASKS={"default": backend}, EMAIL_BACKEND=mail):
        yield
