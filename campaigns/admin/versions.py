"""Deciding about a language that a post lacks: a page that says what will happen, and two buttons."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from campaigns.models import Post, VersionDecision
from campaigns.versions import LANGUAGE_NAMES, decide_version
from core.models import User
from support.choices import language_name

URL_NAME = "decide_version"


class ChoiceForm(forms.Form):
    choice = forms.ChoiceField(
        label=_("What shall happen?"), choices=VersionDecision.Choice.choices, widget=forms.RadioSelect
    )


class DecideVersionView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """Wait for a missing version, or go without it. Asks for ``campaigns.change_post``; stands in the history."""

    form_class = ChoiceForm
    template_name = "campaigns/admin/decide_version.html"
    header_icon = "globe"
    page_title = _("A missing language")
    post_: Post
    language: str

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.post_ = get_object_or_404(Post, pk=kwargs["pk"])
        self.language = kwargs["language"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("campaigns.change_post"):
            raise PermissionDenied
        if self.language not in LANGUAGE_NAMES:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        known = VersionDecision.objects.filter(
            translation_key=self.post_.translation_key, language=self.language
        ).first()
        return {"choice": known.choice if known else VersionDecision.Choice.WAIT}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "post": self.post_,
            "language_name": language_name(self.language),
            "back_url": self._editor,
        }

    def form_valid(self, form: forms.Form) -> HttpResponse:
        choice = form.cleaned_data["choice"]
        decide_version(self.post_, self.language, choice, cast(User, self.request.user))
        log(self.post_, "campaigns.decide_version", data={"language": self.language, "choice": choice})
        messages.success(
            self.request, _("This is written down. It can be changed as long as the version is missing.")
        )
        return redirect(self._editor)

    @property
    def _editor(self) -> str:
        return reverse(Post.snippet_viewset.get_url_name("edit"), args=[self.post_.pk])


def decide_version_url(post: Post, language: str) -> str:
    return reverse(Post.snippet_viewset.get_url_name(URL_NAME), args=[post.pk, language])


def version_urls() -> list[URLPattern]:
    return [path("version/<int:pk>/<slug:language>/", DecideVersionView.as_view(), name=URL_NAME)]
