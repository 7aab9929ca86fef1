"""Readies texts, database and sample content; run by ``make demo`` inside the virtual environment.

What it does is told on standard error; standard output holds one JSON object, the logins that
``scripts.launcher`` shows: ``{"password": "…", "people": [["e-mail", "role"], …]}``.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    # One Django for all of it: starting it three times would make the second `make demo` slow.
    from scripts.messages import compile_all

    compile_all()
    sys.path[:0] = [str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drieklank.settings.dev")
    import django
    from django.core.management import call_command

    django.setup()
    logging.disable(logging.INFO)  # Wagtail tells of every page that is published
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_samples", stdout=sys.stderr)

    from drieklank.sample_people import PEOPLE, SAMPLE_PASSWORD

    people = [(email, group or "Administrator") for email, _name, group, _language in PEOPLE]
    print(json.dumps({"password": SAMPLE_PASSWORD, "people": people}))


if __name__ == "__main__":
    main()
