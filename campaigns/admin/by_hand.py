"""A person's task: what to take where, ticked off when it is done, and how many people it reached."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.actions import note_published, note_reach
from campaigns.admin.deciding_views import DecideView
from campaigns.composing import short_address
from campaigns.models import PlatformPost
from campaigns.models.crops import Crop
from campaigns.providers.base import OutgoingPost
from campaigns.states import Status
from core.tokens import filled_text

MOST_PEOPLE = 100_000_000


class ReachForm(forms.Form):
    reach = forms.IntegerField(
        label=_("How many people it reached"),
        min_value=0,
        max_value=MOST_PEOPLE,
        help_text=_("As counted or estimated on the spot; it is shown as a figure that a person gave."),
        error_messages={"required": _("Type a number."), "invalid": _("Type a number, without letters.")},
    )


class DoneForm(ReachForm):
    url = forms.URLField(
        label=_("Address of the message"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        help_text=_("Where it can be seen, if it can be seen on the web."),
    )
    field_order = ("url", "reach")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reach"].required = False
        self.fields["reach"].help_text = _("Leave it empty while it is not known; it can be typed in later.")


class ByHandView(DecideView):
    """Shows everything that has to be taken along."""

    template_name = "campaigns/admin/by_hand.html"

    @classmethod
    def offered_for(cls, platform_post: PlatformPost) -> bool:
        return super().offered_for(platform_post) and platform_post.account.provider_class.by_hand

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "task": task_of(self.platform_post)}


class DoneByHandView(ByHandView):
    name, icon, label = "done_by_hand", "check", _("I have done it")
    explanation = _("Only when the message is where it belongs. Until then, leave it as it is.")
    done = _("It is ticked off: the message is out.")
    statuses = frozenset({Status.BY_HAND})
    form_class: type[forms.Form] = DoneForm

    def decide(self, form: Any) -> bool:
        return note_published(self.platform_post, form.cleaned_data["url"], form.cleaned_data["reach"])


class ReachByHandView(ByHandView):
    name, icon, label = "reach_by_hand", "group", _("Type in the reach")
    explanation = _(
        "A later number does not replace an earlier one: both stay in the record, with their time."
    )
    done = _("The reach is noted.")
    statuses = frozenset({Status.PUBLISHED})
    form_class = ReachForm

    def decide(self, form: Any) -> bool:
        return note_reach(self.platform_post, form.cleaned_data["reach"])


def task_of(row: PlatformPost) -> dict[str, Any]:
    """The text as it is to be said, its link, and its picture to download."""
    short_url = getattr(row, "short_url", None)
    link = short_address(short_url.code) if short_url else ""
    post = OutgoingPost(
        text=filled_text(row.text, row.account.language),
        language=row.account.language,
        idempotency_key=row.idempotency_key,
        created_at=row.dated_at,
        link=link,
    )
    text = row.account.provider_class.compose(post)
    return {
        "text": text,
        "rows": min(max(text.count("\n") + len(text) // 60 + 1, 4), 16),
        "link": link,
        "image": row.image.get_rendition(Crop(row.image_crop).filter) if row.image else None,
        "image_alt": row.image_alt,
    }
