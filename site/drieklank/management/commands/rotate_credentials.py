from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.encryption import CredentialsUnreadable, encrypted_fields, rotate, rotate_field

SECRETS = (
    "secret",
    "seed",
)  # what allauth asks its adapter to encrypt: an app's key, the root of recovery codes


class Command(BaseCommand):
    help = "Encrypts everything that is kept encrypted with the first of CREDENTIALS_KEYS; the others can then go."

    def handle(self, *args: Any, **options: Any) -> None:
        results = {
            f"{model._meta.label}.{field.name}": rotate_field(model, field)
            for model, field in encrypted_fields()
        }
        results["second factors"] = rotate_second_factors()
        for name, (done, unreadable) in results.items():
            self.stdout.write(f"{name}: {done} encrypted anew, {unreadable} unreadable")
        if any(unreadable for __, unreadable in results.values()):
            raise CommandError(
                "Some values open with none of the keys: keep every key, and enter these values again."
            )


def rotate_second_factors() -> tuple[int, int]:
    """(done, unreadable), as ``rotate_field`` counts."""
    done = unreadable = 0
    for pk in list(Authenticator.objects.values_list("pk", flat=True)):
        with transaction.atomic():
            authenticator = Authenticator.objects.select_for_update().get(pk=pk)
            held = [name for name in SECRETS if name in authenticator.data]
            if not held:
                continue
            try:
                authenticator.data.update({name: rotate(authenticator.data[name]) for name in held})
            except CredentialsUnreadable:
                unreadable += 1
            else:
                authenticator.save(update_fields=["data"])
                done += 1
    return done, unreadable
