"""Small pieces that the templates of the admin share."""

from __future__ import annotations

from django import template

from campaigns.admin.looks import Look, look_of, next_step
from campaigns.models import PlatformPost

register = template.Library()


@register.inclusion_tag("campaigns/admin/state.html")
def state_label(look: Look) -> dict[str, Look]:
    return {"look": look}


@register.filter
def look(platform_post: PlatformPost) -> Look:
    return look_of(platform_post)


@register.filter
def what_next(platform_post: PlatformPost) -> str:
    return str(next_step(platform_post))
