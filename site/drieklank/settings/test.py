"""Tests: fast, closed to the network, on SQLite unless ``DATABASE_URL`` says otherwise."""

import hashlib
import tempfile
from pathlib import Path

from .base import ROOT
from .dev import *  # noqa: F403
from .dev import DATABASES, VAR

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.gettempdir()) / "drieklank-test-media"

# A file, not memory: threads and worker processes of a test get connections of their own, as in real life.
# On PostgreSQL each checkout has a database of its own, so that two can be tested at once.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_drieklank_{hashlib.sha256(bytes(ROOT)).hexdigest()[:8]}"}

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
CAMPAIGNS_WATCH_WORKER = False  # tests of it ask for it
