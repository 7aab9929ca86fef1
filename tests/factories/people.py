"""People who work on the site, by the group they are in: the groups come from the migrations."""

from __future__ import annotations

from typing import Any

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory
from wagtail.users.models import UserProfile

from core.models import User


class PersonFactory(DjangoModelFactory):
    """``PersonFactory(group="Translators", language="de")``; without a group, somebody without rights."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    first_name = factory.Sequence(lambda number: f"Persoon {number}")
    is_staff = True

    @factory.post_generation
    def group(self, create: bool, name: str | None, **kwargs: Any) -> None:
        if name:
            self.groups.add(Group.objects.get(name=name))

    @factory.post_generation
    def language(self, create: bool, code: str | None, **kwargs: Any) -> None:
        UserProfile.objects.update_or_create(user=self, defaults={"preferred_language": code or "nl"})
