"""Services as places on a map (RFC 7946): at their own place, or else in the middle of the few municipalities they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from support.choices import LINES

if TYPE_CHECKING:
    from support.models import Municipality, SupportService

TILE_HOST = "https://tile.openstreetmap.org"
TILES = f"{TILE_HOST}/{{z}}/{{x}}/{{y}}.png"
MOST_MUNICIPALITIES = 3  # who serves more has no place that helps anybody to get there

Json = dict[str, Any]


def feature_collection(services: Iterable[SupportService], finder: str) -> Json:
    """``finder`` is the address of the finder's page, below which each service has its own; empty when there is none.

    ``total`` and ``without_place`` are members of our own, as RFC 7946 (6.1) allows.
    """
    shown = [list(_features(service, finder)) for service in services]
    return {
        "type": "FeatureCollection",
        "total": len(shown),
        "without_place": sum(not features for features in shown),
        "features": [feature for features in shown for feature in features],
    }


def _features(service: SupportService, finder: str) -> Iterator[Json]:
    if service.latitude is not None and service.longitude is not None:
        yield _feature(service, service.latitude, service.longitude, finder)
        return
    for place in _municipalities(service):
        if place.latitude is not None and place.longitude is not None:
            yield _feature(service, place.latitude, place.longitude, finder, place)


def _municipalities(service: SupportService) -> list[Municipality]:
    """Those of today that it names; none when it is a line, which nobody goes to, or when they are too many."""
    named = {place.current.pk: place.current for place in service.municipalities.all()}
    few = len(named) <= MOST_MUNICIPALITIES and service.kind not in LINES
    return sorted(named.values(), key=str) if few else []


def _feature(
    service: SupportService,
    latitude: float,
    longitude: float,
    finder: str,
    middle: Municipality | None = None,
) -> Json:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": {
            "key": service.key,
            "name": service.name,
            "kind": str(service.get_kind_display()),
            "country": str(service.get_country_display()),
            "exact": middle is None,
            "municipality": str(middle) if middle else None,
            "page": f"{finder}{service.key}/" if finder else None,
        },
    }
