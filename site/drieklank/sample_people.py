"""One person for each role, to try the site with. Never for a server on the internet."""

from __future__ import annotations

from django.contrib.auth.models import Group
from wagtail.users.models import UserProfile

from core.models import User

SAMPLE_PASSWORD = "drie-talen-een-klank"  # noqa: S105 - printed by `make demo`, refused by production settings

# (e-mail, first name, group, language of the admin)
PEOPLE = [
    ("admin@example.org", "Ada", None, "nl"),
    ("editor@example.org", "Emma", "Editors", "nl"),
    ("translator@example.org", "Thomas", "Translators", "de"),
    ("moderator@example.org", "Mila", "Moderators", "nl"),
    ("reviewer@example.org", "Rosa", "Medical reviewers", "nl"),
    ("campaign@example.org", "Camille", "Campaign staff", "fr"),
    ("consent@example.org", "Cor", "Consent officers", "nl"),
]


def load_people() -> list[User]:
    """Make those who are not there yet, and return them."""
    return [_make(*person) for person in PEOPLE if not User.objects.filter(email=person[0]).exists()]


def _make(email: str, first_name: str, group: str | None, language: str) -> User:
    make = User.objects.create_user if group else User.objects.create_superuser
    user = make(email, SAMPLE_PASSWORD, first_name=first_name, last_name="Voorbeeld", is_staff=True)
    if group:
        user.groups.add(Group.objects.get(name=group))
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    return user
