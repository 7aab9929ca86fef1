"""Choosing a service of the directory for a text."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet


class _WithCountry:
    """The same name stands in more than one country: a list shows where each service is."""

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("country", label=_("Country"), accessor="get_country_display")]  # type: ignore[misc]


class ServiceChooseView(_WithCountry, ChooseView):
    pass


class ServiceChooseResultsView(_WithCountry, ChooseResultsView):
    pass


class ServiceChooserViewSet(ChooserViewSet):
    model = "support.SupportService"
    url_prefix = "support/choose-service"
    icon = "help"
    choose_one_text = _("Choose a service")
    choose_another_text = _("Choose another service")
    edit_item_text = _("Edit this service")
    choose_view_class = ServiceChooseView
    choose_results_view_class = ServiceChooseResultsView
    url_filter_parameters: ClassVar[list[Any]] = []


service_chooser = ServiceChooserViewSet("service_chooser")
ServiceChooserBlock = service_chooser.get_block_class(
    name="ServiceChooserBlock", module_path="support.admin.choosing"
)
