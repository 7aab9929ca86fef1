from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from core.models import CustomDocument
from stories.models import StoryPage
from stories.network.figure import NetworkFigure, Signs, legend, network_figure

register = template.Library()


@register.simple_tag
def network_of(story: StoryPage, prefix: str) -> NetworkFigure:
    """The map of a story. ``prefix`` tells the maps of one page apart."""
    return network_figure(story.network, story.teller, f"network-{prefix}")


@register.simple_tag
def network_legend() -> list[Signs]:
    return legend()


@register.simple_tag(takes_context=True)
def address_of_file(context: Context, document: CustomDocument) -> str:
    """Where a page finds a recording. A page that is shown in private may name a place of its own."""
    private: Any = context.get("private_address_of")
    return str(private(document) if private else document.url)
