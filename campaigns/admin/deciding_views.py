"""A decision about one message: a page that says what will happen, and a button. The decisions are in ``deciding``."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from campaigns.models import PlatformPost, Post
from campaigns.states import Status

TOO_LATE = _("That was no longer possible: the post has moved on meanwhile. Below is where it stands now.")


class ConfirmForm(forms.Form):
    """Nothing to fill in: pressing the button is the answer."""


class DecideView(WagtailAdminTemplateMixin, FormView, ABC):  # type: ignore[type-arg]
    """One decision about one message. Asks for ``campaigns.publish_post``, and writes it into the post's history."""

    name: ClassVar[str]
    icon: ClassVar[str]
    label: ClassVar[Any]
    explanation: ClassVar[Any]
    done: ClassVar[Any]
    statuses: ClassVar[frozenset[Status]]
    serious: ClassVar[bool] = False

    form_class: type[forms.Form] = ConfirmForm
    template_name = "campaigns/admin/decide.html"
    platform_post: PlatformPost

    @classmethod
    def offered_for(cls, platform_post: PlatformPost) -> bool:
        return platform_post.status in cls.statuses

    @classmethod
    def url_name(cls) -> str:
        return Post.snippet_viewset.get_url_name(cls.name)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.platform_post = get_object_or_404(
            PlatformPost.objects.select_related("post", "account"), pk=kwargs["pk"]
        )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_decide(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def page_title(self) -> Any:
        return self.label

    @property
    def header_icon(self) -> str:
        return self.icon

    def get_page_subtitle(self) -> str:
        return str(self.platform_post.account)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        viewset = Post.snippet_viewset
        return [
            *self.breadcrumbs_items,
            {"url": reverse(viewset.get_url_name("list")), "label": _("Posts")},
            {"url": self.get_success_url(), "label": str(self.platform_post.post)},
            {"url": "", "label": self.label},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "platform_post": self.platform_post,
            "offered": self.offered_for(self.platform_post),
            "back_url": self.get_success_url(),
        }

    def get_success_url(self) -> str:
        return reverse(Post.snippet_viewset.get_url_name("edit"), args=[self.platform_post.post_id])

    @abstractmethod
    def decide(self, form: Any) -> bool:
        """Carry out the decision; answers whether it was still possible."""

    def form_valid(self, form: Any) -> HttpResponse:
        if self.decide(form):
            data = {"account": str(self.platform_post.account)}
            log(self.platform_post.post, f"campaigns.{self.name}", user=self.request.user, data=data)
            messages.success(self.request, self.done)
        else:
            messages.error(self.request, TOO_LATE)
        return redirect(self.get_success_url())


def may_decide(user: Any) -> bool:
    return bool(user.has_perm("campaigns.publish_post"))
