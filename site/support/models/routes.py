"""The care-route finder: what holds for whom, as rows that editors change; and the page that asks and answers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.countries import Country
from support.codes import CodesField
from support.models.pages import SupportPage


class Question(models.TextChoices):
    WORRIED = "worried", _("I am worried about how I feel")
    THERAPY = "therapy", _("I think I need therapy")
    CRISIS = "crisis", _("It is urgent: a crisis")
    SOMEBODY_ELSE = "somebody_else", _("It is about somebody else")


class AgeBand(models.TextChoices):
    UNDER_18 = "under_18", _("under 18")
    UNDER_24 = "18_23", _("18 to 23")
    FROM_24 = "24_up", _("24 or older")


class Part(models.TextChoices):
    FIRST_STEP = "first_step", _("First step")
    REFERRAL = "referral", _("Referral")
    COSTS = "costs", _("What it costs")
    FORM = "form", _("Forms for care across the border")
    WAITING = "waiting", _("If you have to wait long")


class Crossing(models.TextChoices):
    """How a situation lies across borders; worked out of the three countries."""

    WITHIN = "within", _("lives where insured")
    LIVES_ABROAD = "lives_abroad", _("lives in another country than insured")
    WORKS_ABROAD = "works_abroad", _("works in another country than insured")


class Certainty(models.TextChoices):
    VERIFIED = "verified", _("found in a public source")
    OLDER = "older", _("found in an older source")
    TO_CHECK = "to_check", _("not certain")


class CareAdvice(models.Model):
    """One piece of advice. Each condition that is left empty holds for everybody."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    part = models.CharField(_("part"), max_length=20, choices=Part.choices)
    lives = CodesField(_("lives in"), choices=Country.choices)
    works = CodesField(_("works in"), choices=Country.choices)
    insured = CodesField(_("insured in"), choices=Country.choices)
    ages = CodesField(_("ages"), choices=AgeBand.choices)
    questions = CodesField(_("questions"), choices=Question.choices)
    crossing = CodesField(_("across borders"), choices=Crossing.choices)
    text_nl = models.TextField(_("text in Dutch"))
    text_de = models.TextField(_("text in German"))
    text_fr = models.TextField(_("text in French"))
    certainty = models.CharField(
        _("how certain"), max_length=10, choices=Certainty.choices, default=Certainty.TO_CHECK
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    written_on = models.DateField(_("as of"))
    position = models.PositiveSmallIntegerField(_("place in lists"), default=100)

    panels: ClassVar[list[Any]] = [
        FieldPanel("key"),
        FieldPanel("part"),
        *(FieldPanel(name) for name in ("lives", "works", "insured", "ages", "questions", "crossing")),
        *(FieldPanel(f"text_{code}") for code, __ in settings.LANGUAGES),
        *(FieldPanel(name) for name in ("certainty", "source", "written_on", "position")),
    ]

    class Meta:
        verbose_name = _("advice on a care route")
        verbose_name_plural = _("advice on care routes")
        ordering = ["part", "position", "pk"]

    def __str__(self) -> str:
        return self.key

    @property
    def text(self) -> str:
        return str(getattr(self, f"text_{(get_language() or 'nl')[:2]}"))


class CareRoutePage(SupportPage):
    """Asks where somebody lives, works and is insured, and says the way into care. Keeps nothing."""

    template = "support/care_route_page.html"

    class Meta:
        verbose_name = _("care route page")
        verbose_name_plural = _("care route pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from support.routing import answer_for  # it asks the models of this folder

        return {**super().get_context(request, *args, **kwargs), **answer_for(request.GET)}
