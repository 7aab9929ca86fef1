"""The length of a post while somebody writes it: the browser asks, and the server counts by its own rules.

There is one set of rules, the providers'. A copy of them in the browser would one day count differently.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import HttpRequest, HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.views import View
from wagtail.admin.panels import Panel
from wagtail.models import Locale, Page

from campaigns.composing import lengths_of_parts, problems_of
from campaigns.models import Campaign, Post, PostTarget, SocialAccount
from campaigns.models.followups import MOST
from core.models import CustomImage

URL_NAME = "count"
MOST_BYTES = 200_000
MOST_ACCOUNTS = 50


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the editor now: a post that is not saved, and what differs on each of its accounts."""

    post: Post
    targets: dict[int, PostTarget]  # by account


def read_typed(content: bytes) -> Typed:
    """What a browser sent. Raises ValueError for anything that is no such thing."""
    data = json.loads(content)
    if not isinstance(data, dict) or not isinstance(data.get("targets", []), list):
        raise ValueError(data)
    locale = Locale.objects.filter(language_code=str(data.get("language", ""))).first()
    if locale is None or str(data.get("language")) not in dict(settings.LANGUAGES):
        raise ValueError(data.get("language"))
    text = str(data.get("text") or "")
    post = Post(
        locale=locale,
        campaign=_row(Campaign, data.get("campaign")) or Campaign(),
        text=text,
        followups=_followups(data.get("followups")),
        page=_row(Page, data.get("page")),
        link=str(data.get("link") or ""),
        image=_row(CustomImage, data.get("image")),
        image_alt=str(data.get("image_alt") or ""),
    )
    targets = {}
    for target in data.get("targets", [])[:MOST_ACCOUNTS]:
        account = str(target.get("account", "")) if isinstance(target, dict) else ""
        if account.isascii() and account.isdecimal():
            targets[int(account)] = PostTarget(
                post=post,
                text=str(target.get("text") or ""),
                followups=_followups(target.get("followups")),
                without_followups=target.get("without_followups") is True,
                image=_row(CustomImage, target.get("image")),
                image_alt=str(target.get("image_alt") or ""),
                without_link=target.get("without_link") is True,
            )
    return Typed(post, targets)


def _followups(typed: Any) -> list[tuple[str, str]]:
    return [("text", str(text)) for text in typed[:MOST]] if isinstance(typed, list) else []


def _row(model: Any, key: Any) -> Any:
    key = str(key or "")
    return model.objects.filter(pk=key).first() if key.isascii() and key.isdecimal() else None


class CountView(View):
    """Answers the length of a post on each of its accounts. Keeps nothing. Asks for a right to write posts."""

    http_method_names = ("post",)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not any(request.user.has_perm(f"campaigns.{verb}_post") for verb in ("add", "change")):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        if len(request.body) > MOST_BYTES:
            return HttpResponseBadRequest()
        try:
            typed = read_typed(request.body)
        except (ValueError, UnicodeDecodeError):
            return HttpResponseBadRequest()
        accounts = SocialAccount.objects.in_bulk(list(typed.targets))
        for pk, account in accounts.items():
            typed.targets[pk].account = account
        return JsonResponse(
            {"lengths": [_length(typed.targets[pk]) for pk in typed.targets if pk in accounts]}
        )


def _length(target: PostTarget) -> dict[str, Any]:
    count, *parts = lengths_of_parts(target)
    problems = problems_of(target) if target.own_text.strip() else []
    return {
        "account": target.account.pk,
        "name": str(target.account),
        "used": count.used,
        "limit": count.limit,
        "parts": [{"used": part.used, "limit": part.limit} for part in parts],
        "problems": [str(problem.message) for problem in problems if problem.field in ("text", "followups")],
    }


class LengthsPanel(Panel):
    """Where the browser writes the lengths; without it, “Before it goes out” tells them as they were saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "campaigns/admin/lengths_panel.html"

        @property
        def media(self) -> Media:
            return Media(
                css={"all": ["campaigns/admin/campaigns.css", "campaigns/admin/writing.css"]},
                js=["campaigns/admin/counting.js"],
            )

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {
                **super().get_context_data(parent_context),
                "count_url": reverse(Post.snippet_viewset.get_url_name(URL_NAME)),
                "language": self.instance.locale.language_code if self.instance.locale_id else "nl",
            }


def counting_urls() -> list[URLPattern]:
    return [path("count/", CountView.as_view(), name=URL_NAME)]
