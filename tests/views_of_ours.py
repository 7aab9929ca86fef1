"""Every view that this project brings, or that shows one of its models, found in the table of addresses itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

ROOMS = ("core", "drieklank", "support", "stories", "factsheets", "campaigns")
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
NAMED_GROUP = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True, slots=True)
class View:
    """``route`` as Django writes it, with its places: ``admin/consents/<int:pk>/``."""

    route: str
    model: str
    """The label of the model it shows, such as ``campaigns.post``; empty when it names none."""

    @property
    def places(self) -> list[str]:
        return PLACE.findall(self.route)

    def address(self, values: dict[str, Any]) -> str:
        return "/" + PLACE.sub(lambda place: str(values[place[1]]), self.route)


def views_of_ours() -> list[View]:
    with override(settings.LANGUAGE_CODE):
        return sorted(set(_views_below(get_resolver())), key=lambda view: view.route)


def _views_below(resolver: URLResolver, before: str = "") -> Iterator[View]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _views_below(pattern, route)
        elif _is_ours(pattern) and not NAMED_GROUP.search(route):
            yield View(route, _model_of(pattern))


def _is_ours(pattern: URLPattern) -> bool:
    view = getattr(pattern.callback, "view_class", pattern.callback)
    module = str(getattr(view, "__module__", ""))
    label = _model_of(pattern).partition(".")[0]
    return module.partition(".")[0] in ROOMS or label in {*ROOMS, "consent", "submissions"}


def _model_of(pattern: URLPattern) -> str:
    model = (getattr(pattern.callback, "view_initkwargs", None) or {}).get("model")
    return model if isinstance(model, str) else model._meta.label_lower if model else ""
