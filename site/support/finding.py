"""What the finder's page and the list for other sites show for a question."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import get_language

from support.models import SupportService
from support.searching import Search, choices
from support.showing import card_of, help_lines

SERVICES_A_PAGE = 20


def found_for(query: Mapping[str, str], moment: datetime) -> dict[str, Any]:
    """The context of a template; the number of queries does not grow with the directory."""
    search = Search.from_query(query)
    results = Paginator(search.results(moment), SERVICES_A_PAGE).get_page(query.get("page"))
    cards = [card_of(service, moment, search.place) for service in results]
    context: dict[str, Any] = {
        "search": search,
        "choices": choices(),
        "results": results,
        "cards": cards,
        "nearby": [card_of(service, moment, search.place) for service in search.across_the_border()],
        "structured_data": structured_data([card.service for card in cards]),
    }
    if not cards:
        context["lines"] = help_lines((get_language() or "nl")[:2], search.country)
    return context


def shown_alone(service: SupportService, moment: datetime, address: str) -> dict[str, Any]:
    """The context of the page of one service, which stands at ``address``."""
    return {
        "card": card_of(service, moment),
        "service": service,
        "shared_title": service.name,
        "shared_description": service.description or service.for_whom,
        "structured_data": _as_json({**_item(service), "mainEntityOfPage": address}),
    }


def structured_data(services: list[SupportService]) -> str:
    """The services as schema.org describes them (https://schema.org/GovernmentService), as JSON for a page."""
    listed = [
        {"@type": "ListItem", "position": number, "item": _item(service)}
        for number, service in enumerate(services, start=1)
    ]
    return _as_json({"@type": "ItemList", "itemListElement": listed})


def _as_json(thing: dict[str, Any]) -> str:
    text = json.dumps({"@context": "https://schema.org", **thing}, ensure_ascii=False)
    # As Django's json_script does: no text of ours ends the element it stands in.
    return text.translate({ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"})


def _item(service: SupportService) -> dict[str, Any]:
    item: dict[str, Any] = {
        "@type": "Service",
        "name": service.name,
        "description": service.description,
        "url": service.site,
        "serviceType": str(service.get_kind_display()),
        "areaServed": [place.name for place in service.municipalities.all()] or _area(service),
    }
    numbers = [phone.international or phone.number for phone in service.phones.all()]
    channel = {
        "availableLanguage": service.languages,
        "servicePhone": [{"@type": "ContactPoint", "telephone": number} for number in numbers],
        "serviceLocation": _location(service),
    }
    if any(channel.values()):
        item["availableChannel"] = {"@type": "ServiceChannel", **_filled(channel)}
    return _filled(item)


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _location(service: SupportService) -> dict[str, Any]:
    """Where one goes to; empty when nobody wrote it down."""
    place: dict[str, Any] = {"address": service.address} if service.address else {}
    if service.has_place:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": service.latitude,
            "longitude": service.longitude,
        }
    return {"@type": "Place", **place} if place else {}


def _area(service: SupportService) -> list[str]:
    if service.region:
        return [str(service.get_region_display())]
    return ["NL", "DE", "BE"] if service.country == "ALL" else [service.country]
