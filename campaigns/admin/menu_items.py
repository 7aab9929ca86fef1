"""The buttons below the post's editor."""

from __future__ import annotations

from typing import Any

from wagtail.snippets.action_menu import PublishMenuItem


class ApproveMenuItem(PublishMenuItem):
    """Wagtail says “Publish”; a post is approved now and published at its time."""

    template_name = "campaigns/admin/approve_item.html"


def name_the_approval(menu_items: list[Any]) -> None:
    """Put “Approve and plan” in the place of “Publish”."""
    for place, item in enumerate(menu_items):
        if isinstance(item, PublishMenuItem):
            menu_items[place] = ApproveMenuItem(order=item.order)
