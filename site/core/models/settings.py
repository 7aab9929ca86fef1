from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page


@register_setting(icon="help")
class SiteSettings(BaseSiteSetting):
    """What an editor decides once for the whole site, in all languages."""

    help_page = models.ForeignKey(
        Page,
        verbose_name=_("help page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Every page links to it, in the reader's language where it exists there."),
    )

    panels: ClassVar[list[PageChooserPanel]] = [PageChooserPanel("help_page")]

    class Meta:
        verbose_name = _("site settings")
