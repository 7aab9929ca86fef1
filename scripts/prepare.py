"""Readies texts, database and sample content; run by ``make demo`` inside the virtual environment.

What it does is told on standard error; standard output holds one JSON object, the logins that
``scripts.launcher`` shows, with the private links of sample partners:
``{"password": "…", "people": [["e-mail", "role"], …], "links": [["what", "address"], …]}``.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    with answering() as answer:
        json.dump(ready(), answer)


@contextmanager
def answering() -> Iterator[TextIO]:
    """Standard output for the answer alone: what anything else prints meanwhile goes to standard error."""
    sys.stdout.flush()
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answer:
        os.dup2(2, 1)
        yield answer


def ready() -> dict[str, Any]:
    """Texts, database and sample content; answers what ``scripts.launcher`` shows."""
    # One Django for all of it: starting it three times would make the second `make demo` slow.
    from scripts.messages import compile_all

    compile_all()
    sys.path[:0] = [str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drieklank.settings.dev")
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    logging.disable(logging.INFO)  # Wagtail tells of every page that is published
    # People of the sample content are nobody: they get no mail, which would be shown here.
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_samples")

    from campaigns.approval.reminding import address_of as address_of_sign_off
    from campaigns.approval.sample_sign_offs import load_sign_offs
    from campaigns.kit.sample_kits import load_kits
    from campaigns.kit.telling import address_of
    from drieklank.sample_people import PEOPLE, SAMPLE_PASSWORD

    people = [(email, group or "Administrator") for email, _name, group, _language in PEOPLE]
    links = [(f"Kit of {kit.partner}", address_of(kit)) for kit in load_kits()]
    links += [(f"Sign-off by {waiting.who}", address_of_sign_off(waiting)) for waiting in load_sign_offs()]
    return {"password": SAMPLE_PASSWORD, "people": people, "links": links}


if __name__ == "__main__":
    main()
