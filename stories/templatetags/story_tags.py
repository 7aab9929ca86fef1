from __future__ import annotations

from django import template

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
