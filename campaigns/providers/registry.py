"""Which networks there are. A module in this package with a ``@register``ed provider is enough."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TypeVar

from campaigns.providers.base import SocialProvider

ProviderClass = TypeVar("ProviderClass", bound=type[SocialProvider])

_providers: dict[str, type[SocialProvider]] = {}


def register(provider: ProviderClass) -> ProviderClass:
    """Class decorator. Raises ``ValueError`` when another provider has the identifier already."""
    known = _providers.setdefault(provider.identifier, provider)
    if known is not provider:
        raise ValueError(f"{provider.identifier!r} is registered twice: {known!r} and {provider!r}")
    return provider


def get_provider(identifier: str) -> type[SocialProvider]:
    """The provider of that name. Raises ``LookupError`` when there is none."""
    _discover()
    try:
        return _providers[identifier]
    except KeyError:
        raise LookupError(f"there is no provider {identifier!r}") from None


def providers() -> tuple[type[SocialProvider], ...]:
    """All providers, by identifier."""
    _discover()
    return tuple(provider for _identifier, provider in sorted(_providers.items()))


@cache
def _discover() -> None:
    package = import_module("campaigns.providers")
    for module in pkgutil.iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
