"""Fields that hold secrets of others (tokens of social networks), encrypted with keys of their own.

``settings.CREDENTIALS_KEYS`` holds Fernet keys: the first encrypts, all of them decrypt. In the database stands a
token with the prefix below; the value is opened when it is asked for, not when its row is read, so that a list of
accounts can still be shown when a key is lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction
from django.db.models.lookups import IsNull
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

PREFIX = "fernet:"
HIDDEN = "<hidden>"


class CredentialsUnreadable(Exception):
    """None of the keys opens the value: a key was lost or the row was damaged. The value has to be entered anew."""

    def __init__(self, field: str = "") -> None:
        self.field = field
        super().__init__(
            _("The stored credentials cannot be read with the keys of this server. Enter them again.")
        )


class Sealed(str):
    """An encrypted value as it stands in the database."""

    __slots__ = ()


class HiddenDict(dict[str, Any]):
    """A dictionary that does not show what it holds: logs and error pages print it."""

    def __repr__(self) -> str:
        return HIDDEN

    __str__ = __repr__


class HiddenText(str):
    """Text that hides itself in ``repr``, which is what error pages print. Joining and formatting give the text."""

    __slots__ = ()

    def __repr__(self) -> str:
        return HIDDEN


def encrypt(text: str) -> Sealed:
    return Sealed(PREFIX + _keyring().encrypt(text.encode()).decode())


def decrypt(sealed: str) -> str:
    """The text in ``sealed``. Raises ``CredentialsUnreadable`` when no key opens it."""
    try:
        return _keyring().decrypt(sealed.removeprefix(PREFIX).encode()).decode()
    except InvalidToken:
        raise CredentialsUnreadable from None


def rotate(sealed: str) -> Sealed:
    """The same value, encrypted with the first key. Raises ``CredentialsUnreadable`` when no key opens it."""
    try:
        return Sealed(PREFIX + _keyring().rotate(sealed.removeprefix(PREFIX).encode()).decode())
    except InvalidToken:
        raise CredentialsUnreadable from None


def _keyring() -> MultiFernet:
    return _keyring_of(tuple(settings.CREDENTIALS_KEYS))


@lru_cache(maxsize=4)
def _keyring_of(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured("Set CREDENTIALS_KEYS before storing credentials (see docs/settings.md).")
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        raise ImproperlyConfigured(
            "CREDENTIALS_KEYS holds a key that is no Fernet key (see docs/settings.md)."
        ) from None


class _OpenedWhenAskedFor(DeferredAttribute):
    """Reads the row's token as a value; a value that could not be opened stays what it is, and is saved as it is."""

    field: EncryptedTextField

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Sealed):
            try:
                value = self.field.unpack(decrypt(value))
            except CredentialsUnreadable as unreadable:
                raise CredentialsUnreadable(self.field.name) from unreadable
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = self.field.to_python(value)


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that only the server can read. No form shows it, no query compares it."""

    descriptor_class = _OpenedWhenAskedFor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def pack(self, value: Any) -> str:
        return str(value)

    def unpack(self, text: str) -> Any:
        return HiddenText(text)

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, Sealed):
            return value
        if isinstance(value, str) and value.startswith(PREFIX):  # from a dump
            return Sealed(value)
        return self.unpack(self.pack(value))

    def from_db_value(self, value: str | None, *args: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return self.get_prep_value(model_instance.__dict__.get(self.attname))

    def get_prep_value(self, value: Any) -> str | None:
        value = self.to_python(value)
        if value is None or isinstance(value, Sealed):
            return value
        return encrypt(self.pack(value))

    def value_from_object(self, obj: models.Model) -> Any:
        """For forms, revisions and dumps, none of which may see the value: the token."""
        return self.pre_save(obj, add=False)

    def value_to_string(self, obj: models.Model) -> str:
        return self.value_from_object(obj) or ""

    def get_lookup(self, lookup_name: str) -> Any:
        return IsNull if lookup_name == "isnull" else None


class EncryptedJSONField(EncryptedTextField):
    """A dictionary of JSON values that only the server can read; ``{}`` until something is set.

    ``account.credentials["token"]`` reads it; ``repr`` and ``str`` show nothing. Raises ``CredentialsUnreadable``
    at the first look when no key opens it. Setting the whole dictionary always works.
    """

    _pyi_private_set_type: Any  # what mypy's Django plugin reads: a dictionary goes in, not text
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def pack(self, value: Any) -> str:
        if not isinstance(value, dict):
            raise TypeError(f"{self.name} holds a dictionary")
        return json.dumps(value)

    def unpack(self, text: str) -> HiddenDict:
        return HiddenDict(json.loads(text))


def encrypted_fields() -> Iterator[tuple[type[models.Model], EncryptedTextField]]:
    """Every encrypted field of every installed model."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField):
                yield model, field


def rotate_field(model: type[models.Model], field: EncryptedTextField) -> tuple[int, int]:
    """Encrypts every value of ``field`` with the first key. Returns (rows done, rows that no key opens)."""
    done = unreadable = 0
    for pk in list(model._base_manager.values_list("pk", flat=True)):
        with transaction.atomic():
            rows = model._base_manager.select_for_update().filter(pk=pk)
            sealed = rows.values_list(field.attname, flat=True).first()
            if sealed is None:
                continue
            try:
                rows.update(**{field.attname: rotate(sealed)})
                done += 1
            except CredentialsUnreadable:
                unreadable += 1
    return done, unreadable
