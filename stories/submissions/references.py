"""Reference numbers that can be read aloud on the telephone: no letter that looks or sounds like a figure."""

from __future__ import annotations

import secrets

LETTERS = "ACDEFHJKLMNPRTWXY34679"


def new_reference() -> str:
    """Such as ``K7DM-4PRX``. More than fifty thousand million of them; the database refuses a second one."""
    text = "".join(secrets.choice(LETTERS) for __ in range(8))
    return f"{text[:4]}-{text[4:]}"
