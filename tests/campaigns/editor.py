"""What a browser sends to the editor of a post, and reads from it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.test import Client
from django.urls import reverse

from campaigns.models import Campaign, Post, SocialAccount

NOON = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
NAMES = "wagtailsnippets_campaigns_post"


def add_url(language: str = "nl") -> str:
    return f"{reverse(f'{NAMES}:add')}?locale={language}"


def edit_url(post: Post) -> str:
    return reverse(f"{NAMES}:edit", args=[post.pk])


def typed(campaign: Campaign, *accounts: SocialAccount, **changes: Any) -> dict[str, Any]:
    """What the editor sends."""
    data: dict[str, Any] = {
        "campaign": campaign.pk,
        "text": "Iedere ochtend fietst Marijke over de grens.",
        "page": "",
        "link": "",
        "image": "",
        "image_alt": "",
        "planned_at": "2026-05-05 09:00",
        "targets-TOTAL_FORMS": len(accounts),
        "targets-INITIAL_FORMS": 0,
        "targets-MIN_NUM_FORMS": 0,
        "targets-MAX_NUM_FORMS": 1000,
        **typed_parts("followups"),
    }
    for number, account in enumerate(accounts):
        data |= {
            f"targets-{number}-account": account.pk,
            f"targets-{number}-text": "",
            f"targets-{number}-planned_at": "",
            f"targets-{number}-ORDER": number + 1,
            f"targets-{number}-id": "",
            **typed_parts(f"targets-{number}-followups"),
        }
    return {**data, **changes}


def typed_parts(name: str, *texts: str) -> dict[str, Any]:
    """The parts of a thread, as the editor sends them."""
    data: dict[str, Any] = {f"{name}-count": len(texts)}
    for number, text in enumerate(texts):
        place = f"{name}-{number}"
        data |= {
            f"{place}-deleted": "",
            f"{place}-order": number,
            f"{place}-type": "text",
            f"{place}-id": "",
            f"{place}-value": text,
        }
    return data


def approve(browser: Client, data: dict[str, Any], url: str = "") -> Any:
    return browser.post(url or add_url(), {**data, "action-publish": "action-publish"})


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    return dict(response.context["form"].errors)
