"""Meetings: a list, and a form whose times know about clock changes."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from campaigns.admin.fields import PlannedTimeField
from campaigns.models import Campaign, Event


class EventForm(WagtailAdminModelForm):
    class Meta(WagtailAdminModelForm.Meta):
        field_classes: ClassVar[dict[str, Any]] = {
            "starts_at": PlannedTimeField,
            "ends_at": PlannedTimeField,
        }


class EventFilterSet(WagtailFilterSet):
    campaign = django_filters.ModelChoiceFilter(queryset=Campaign.objects.all(), label=_("Campaign"))

    class Meta:
        model = Event
        fields: ClassVar[list[str]] = ["campaign", "is_cancelled", "is_example"]


def standing_of(event: Event) -> Any:
    """In one word what a list says of a meeting."""
    if event.is_cancelled:
        return _("Called off")
    if not event.is_over:
        return _("Coming")
    return _("Over: type in how many came") if event.people_reached is None else _("Over")


class EventIndexView(generic.IndexView):
    default_ordering = "-starts_at"

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            self._get_title_column("__str__"),
            Column("campaign", label=_("Campaign"), sort_key="campaign__name"),
            DateColumn("starts_at", label=_("Starts"), sort_key="starts_at"),
            Column("town", label=_("Town"), sort_key="town"),
            Column("standing", label=_("State"), accessor=standing_of),
            Column("people_reached", label=_("People reached"), sort_key="people_reached"),
        ]

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("campaign").prefetch_related("texts")


class EventViewSet(ModelViewSet):
    model = Event
    name = "meeting"
    url_prefix = "campaigns/meeting"
    icon = "date"
    menu_label = _("Meetings")
    menu_order = 250
    copy_view_enabled = False
    filterset_class = EventFilterSet
    index_view_class = EventIndexView
    edit_handler = ObjectList(
        [
            FieldPanel("campaign", icon="rocket"),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")], heading=_("When"), icon="date"),
            InlinePanel("texts", heading=_("Text in each language"), label=_("text"), min_num=1, max_num=3),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("address"), FieldPanel("town")]),
                    FieldRowPanel([FieldPanel("country"), FieldPanel("host")]),
                ],
                heading=_("Where"),
                icon="site",
            ),
            FieldRowPanel(
                [FieldPanel("languages"), FieldPanel("accessibility")],
                heading=_("For everybody"),
                icon="group",
            ),
            MultiFieldPanel(
                [FieldPanel("is_free"), FieldPanel("registration_url"), FieldPanel("is_example")],
                heading=_("Taking part"),
                icon="tick",
            ),
            MultiFieldPanel(
                [FieldPanel("is_cancelled"), FieldPanel("people_reached")],
                heading=_("Afterwards"),
                icon="form",
            ),
        ],
        base_form_class=EventForm,
    )
