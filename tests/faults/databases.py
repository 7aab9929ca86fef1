"""A database of a run's own: a PostgreSQL server that can be restarted under the workers' feet, or SQLite."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Database:
    def __init__(self, url: str, restart: tuple[str, ...] = ()) -> None:
        self.url = url
        self._restart = restart

    @property
    def can_restart(self) -> bool:
        return bool(self._restart)

    def restart(self) -> None:
        """Cut every connection at once, as a crash would, and come back."""
        subprocess.run(self._restart, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def sqlite(folder: Path) -> Iterator[Database]:
    yield Database(f"sqlite:///{folder / 'faults.sqlite3'}")


def postgres_binaries() -> Path | None:
    """Where ``initdb`` and ``pg_ctl`` are; None when PostgreSQL is not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return newest[-1].parent if newest else None


@contextmanager
def own_postgres(folder: Path, binaries: Path) -> Iterator[Database]:
    """A server in ``folder``, for this run alone. It refuses to run as root, so root lends it to "postgres"."""
    data = folder / "postgres"
    data.mkdir()
    prefix: tuple[str, ...] = ()
    if os.geteuid() == 0:
        prefix = ("runuser", "-u", "postgres", "--")
        shutil.chown(data, "postgres")
        folder.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=100"
    control = (*prefix, str(binaries / "pg_ctl"), "-D", str(data), "-w", "-l", str(data / "log"))

    def run(*command: str) -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

    initialise = ("-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    run(*prefix, str(binaries / "initdb"), *initialise)
    run(*control, "-o", options, "start")
    try:
        # pg_ctl remembers the options of the start.
        restart = (*control, "-m", "immediate", "restart")
        yield Database(f"postgresql://postgres@127.0.0.1:{port}/postgres", restart)
    finally:
        run(*control, "-m", "immediate", "stop")
