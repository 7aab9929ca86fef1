"""What the post's editor shows beside its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import Media
from django.urls import reverse
from wagtail.admin.panels import InlinePanel, Panel
from wagtail.admin.panels.base import get_form_for_model

from campaigns.admin.deciding import decisions_for
from campaigns.admin.forms import TargetForm, TargetFormSet
from campaigns.admin.versions import decide_version_url
from campaigns.checking import errors_in, findings_of, lengths_of, not_sent, warnings_in
from campaigns.models import PlatformPost, Post
from campaigns.versions import versions_of
from support.choices import language_name

STYLES = Media(css={"all": ["campaigns/admin/campaigns.css"]})


class TargetsPanel(InlinePanel):
    """The accounts of a post, with times that know about clock changes."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        formset = options["formsets"][self.relation_name]
        children = self.child_edit_handler.get_form_options()
        formset["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=TargetForm,
            defer_required_on_fields=children.get("defer_required_on_fields", []),
        )
        formset["formset"] = TargetFormSet
        return options


class SavedPostPanel(Panel):
    """A panel without fields, for posts that exist."""

    class BoundPanel(Panel.BoundPanel):
        instance: Post

        def is_shown(self) -> bool:
            return self.instance is not None and self.instance.pk is not None

        @property
        def media(self) -> Media:
            return STYLES


class StandingPanel(SavedPostPanel):
    """Where the post stands on each account, and what a person can do about it."""

    class BoundPanel(SavedPostPanel.BoundPanel):
        template_name = "campaigns/admin/standing_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and PlatformPost.objects.filter(post=self.instance.pk).exists()

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            rows = (
                PlatformPost.objects.filter(post=self.instance.pk)
                .select_related("account", "short_url", "post")
                .prefetch_related("attempts")
            )
            user = self.request.user
            return {
                **super().get_context_data(parent_context),
                "rows": [(row, decisions_for(row, user)) for row in rows],
            }


class ReadinessPanel(Panel):
    """Lengths and findings as of the last save; autosave renews it (``post_partials.html``)."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "campaigns/admin/readiness_panel.html"

        @property
        def media(self) -> Media:
            return STYLES

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), **readiness_of(self.instance)}


def readiness_of(post: Post) -> dict[str, Any]:
    """What ``readiness.html`` shows of a post as it was saved last."""
    if post.pk is None or not post.campaign_id:
        return {"lengths": [], "errors": [], "warnings": [], "saved": False, "gone": False}
    targets = list(post.targets.select_related("account"))
    for target in targets:
        target.post = post
    findings = findings_of(post, targets)
    return {
        "lengths": lengths_of(post, targets),
        "errors": errors_in(findings),
        "warnings": warnings_in(findings),
        "saved": True,
        "gone": bool(targets) and not any(not_sent(post, targets)),
    }


class LanguagesPanel(SavedPostPanel):
    """The post in the other languages: which there are, and a way to those that are missing."""

    class BoundPanel(SavedPostPanel.BoundPanel):
        template_name = "campaigns/admin/languages_panel.html"

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "versions": language_versions(self.instance)}


def language_versions(post: Post) -> list[dict[str, Any]]:
    """Every language in the order of the settings, with the post in it, and the ways on."""
    add = reverse(Post.snippet_viewset.get_url_name("add"))
    return [
        {
            "code": version.code,
            "name": version.name,
            "standing": version.standing,
            "lacks": version.lacks,
            "post": version.post,
            "is_approved": version.is_approved,
            "edit_url": reverse(Post.snippet_viewset.get_url_name("edit"), args=[version.post.pk])
            if version.post
            else "",
            "name_in_a_sentence": language_name(version.code),
            "add_url": f"{add}?locale={version.code}&version_of={post.pk}",
            "decide_url": decide_version_url(post, version.code),
        }
        for version in versions_of(post)
    ]
