"""Services and municipalities: lists to search and filter, and forms with three languages beside each other."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from support.models import Municipality, SupportService
from support.telephone import read_number

LANGUAGES = [code for code, __ in settings.LANGUAGES]


class SupportServiceForm(WagtailAdminModelForm):
    """Checks telephone numbers against the country of the service, which they stand beside."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        phones = self.formsets.get("phones")
        if phones is not None and phones.is_valid():
            for form in phones.forms:
                if form.cleaned_data.get("DELETE") or not form.cleaned_data.get("number"):
                    continue
                try:
                    read_number(form.cleaned_data["number"], cleaned.get("country", ""))
                except ValidationError as error:
                    form.add_error("number", error)
        return cleaned

    def save(self, commit: bool = True) -> SupportService:
        """Another website is a site that nobody asked yet."""
        if "site" in self.changed_data:
            self.instance.forget_site_state()
        return super().save(commit=commit)


def _in_three_languages(field: str, heading: Any) -> MultiFieldPanel:
    return MultiFieldPanel([FieldPanel(f"{field}_{code}") for code in LANGUAGES], heading=heading)


SERVICE_TABS = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("name", classname="title"),
                FieldRowPanel([FieldPanel("key"), FieldPanel("kind"), FieldPanel("position")]),
                _in_three_languages("description", _("Description")),
                _in_three_languages("for_whom", _("Who may use it")),
                _in_three_languages("payment", _("Who pays")),
                _in_three_languages("name", _("What the name means")),
            ],
            heading=_("What it is"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("country"), FieldPanel("region")]),
                        FieldPanel("municipalities"),
                    ],
                    heading=_("Where"),
                ),
                FieldRowPanel([FieldPanel("languages"), FieldPanel("audiences"), FieldPanel("themes")]),
                FieldRowPanel([FieldPanel("is_free"), FieldPanel("self_referral")]),
            ],
            heading=_("For whom"),
        ),
        ObjectList(
            [
                InlinePanel("phones", heading=_("Telephone numbers"), label=_("Telephone number")),
                FieldPanel("hours"),
                FieldRowPanel([FieldPanel("has_chat"), FieldPanel("has_email")]),
                FieldPanel("email"),
                FieldPanel("site"),
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                InlinePanel("meetings", heading=_("Meetings"), label=_("Meeting")),
            ],
            heading=_("How to reach it"),
        ),
        ObjectList(
            [
                FieldRowPanel([FieldPanel("provenance"), FieldPanel("status")]),
                FieldPanel("source"),
                FieldRowPanel([FieldPanel("last_check"), FieldPanel("next_check")]),
            ],
            heading=_("Where this comes from"),
        ),
    ],
    base_form_class=SupportServiceForm,
)


class ServiceIndexView(IndexView):
    """With the way to files and back."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        files = [
            Button(
                gettext("Import from CSV"), url=reverse("support_import"), icon_name="upload", priority=90
            ),
            Button(
                gettext("Export to CSV"), url=reverse("support_export"), icon_name="download", priority=95
            ),
        ]
        return [*super().header_more_buttons, *files]


class SupportServiceViewSet(ModelViewSet):
    model = SupportService
    index_view_class = ServiceIndexView
    name = "support_service"
    url_prefix = "support/services"
    icon = "list-ul"
    menu_label = _("Services")
    menu_order = 100
    add_to_reference_index = False
    copy_view_enabled = False
    search_fields: ClassVar[list[str]] = ["name", "description_nl", "description_de", "description_fr"]
    search_backend_name = None
    list_display: ClassVar[list[str]] = ["name", "kind", "country", "status", "next_check"]
    list_filter: ClassVar[list[str]] = ["country", "kind", "region", "status"]
    edit_handler = SERVICE_TABS


class MunicipalityViewSet(ModelViewSet):
    model = Municipality
    name = "municipality"
    url_prefix = "support/municipalities"
    icon = "site"
    menu_label = _("Municipalities")
    menu_order = 200
    add_to_reference_index = False
    copy_view_enabled = False
    search_fields: ClassVar[list[str]] = ["name", "name_nl", "name_de", "name_fr"]
    search_backend_name = None
    list_display: ClassVar[list[str]] = ["name", "country", "region", "merged_into"]
    list_filter: ClassVar[list[str]] = ["country", "region"]
    panels: ClassVar[list[Any]] = [
        FieldPanel("name", classname="title"),
        MultiFieldPanel(
            [FieldPanel(f"name_{code}") for code in LANGUAGES], heading=_("Where its name differs")
        ),
        FieldRowPanel([FieldPanel("country"), FieldPanel("region")]),
        FieldPanel("merged_into"),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
    ]
