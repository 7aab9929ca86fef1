"""``make demo``: checks that this Python will do, then hands over to ``scripts.launcher``.

Readable by old Pythons, which are told so in one line instead of a traceback.
"""

import sys

NEEDED = (3, 11)


def too_old(version):  # noqa: ANN001, ANN201 - Python 3.6 reads this file too
    """One line that says so when ``version`` is too old, else an empty text."""
    if tuple(version[:2]) >= NEEDED:
        return ""
    return (
        "Drieklank needs Python {}.{} or newer, and this is Python {}.{}. "
        "Name a newer one: make demo PYTHON=python3.12".format(*NEEDED, *version[:2])
    )


if __name__ == "__main__":
    complaint = too_old(sys.version_info)
    if complaint:
        sys.exit(complaint)
    from scripts.launcher import main

    sys.exit(main())
