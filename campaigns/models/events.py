from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from core.countries import Country

from .choices import ChoiceListField


class Access(models.TextChoices):
    """What makes a place open to everybody. What is not ticked is not known, never “no”."""

    STEP_FREE = "step-free", _("no steps, wide doors")
    TOILET = "toilet", _("accessible toilet")
    HEARING_LOOP = "hearing-loop", _("hearing loop")
    SIGN_LANGUAGE = "sign-language", _("sign language interpreter")
    INTERPRETER = "interpreter", _("interpreters between the languages")
    QUIET_ROOM = "quiet-room", _("a quiet room")
    NEAR_STOP = "near-stop", _("bus or train stop nearby")


class EventQuerySet(models.QuerySet["Event"]):
    def between(self, start: datetime, end: datetime) -> EventQuerySet:
        """Those that touch the time from ``start`` until before ``end``."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)

    def coming(self, now: datetime) -> EventQuerySet:
        """Not over yet, the next first."""
        return self.filter(ends_at__gt=now).order_by("starts_at", "pk")

    def over(self, now: datetime) -> EventQuerySet:
        """Over, the last first."""
        return self.filter(ends_at__lte=now).order_by("-starts_at", "-pk")

    def held(self, now: datetime) -> EventQuerySet:
        """Over, not called off, and no example."""
        return self.over(now).filter(is_cancelled=False, is_example=False)


class Event(ClusterableModel):
    """A small local meeting of a campaign: one row for all languages, with a text for each."""

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    campaign = models.ForeignKey(
        "campaigns.Campaign", verbose_name=_("campaign"), on_delete=models.PROTECT, related_name="events"
    )
    starts_at = models.DateTimeField(
        _("starts"), help_text=_("Time in Maastricht, Aachen and Liège."), db_index=True
    )
    ends_at = models.DateTimeField(_("ends"), db_index=True)
    languages = ChoiceListField(
        _("languages spoken"), options=settings.LANGUAGES, help_text=_("What people speak there.")
    )
    address = models.CharField(
        _("street and number"), max_length=200, blank=True, help_text=_("As it stands on the spot.")
    )
    town = models.CharField(_("town"), max_length=100)
    country = models.CharField(_("country"), max_length=2, choices=Country.choices, default=Country.NL)
    host = models.CharField(_("host"), max_length=200, blank=True, help_text=_("Who invites."))
    is_free = models.BooleanField(_("free of charge"), default=True)
    accessibility = ChoiceListField(
        _("accessibility"),
        blank=True,
        options=Access.choices,
        help_text=_("Tick only what is certain. What is not ticked is shown as not known."),
    )
    registration_url = models.URLField(_("address to register at"), blank=True)
    is_cancelled = models.BooleanField(
        _("called off"),
        default=False,
        help_text=_("It stays on the page, so that nobody stands before a closed door."),
    )
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("It does not take place; its page says so.")
    )
    people_reached = models.PositiveIntegerField(
        _("number of people reached"),
        null=True,
        blank=True,
        help_text=_("Counted on the spot, typed in afterwards. Empty means: not known."),
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)  # RFC 5545: rises when plans change
    changed_at = models.DateTimeField(auto_now=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering: ClassVar[list[Any]] = ["starts_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="campaigns_event_ends_after_start",
                violation_error_message=_("The meeting ends before it starts."),
            )
        ]

    def __str__(self) -> str:
        text = self.text_in((get_language() or "nl")[:2])
        return text.title if text else str(_("Meeting without a title"))

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The meeting ends before it starts.")})
        if self.people_reached is not None and self.starts_at and self.starts_at > timezone.now():
            raise ValidationError(
                {"people_reached": _("The meeting has not begun yet: nobody can have been counted.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            self.sequence += 1
        super().save(*args, **kwargs)

    def text_in(self, language: str) -> EventText | None:
        """Its text in that language, else in Dutch, else any."""
        texts = {text.language: text for text in self.texts.all()}
        return texts.get(language) or texts.get("nl") or next(iter(texts.values()), None)

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def is_one_day(self) -> bool:
        return timezone.localdate(self.starts_at) == timezone.localdate(self.ends_at)


class EventText(Orderable):
    """What a meeting is about, in one language."""

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("what happens"), max_length=1500)
    place = models.CharField(_("place"), max_length=200, help_text=_("The name of the building or spot."))
    access_note = models.CharField(
        _("more about accessibility"),
        max_length=400,
        blank=True,
        help_text=_("Such as whom to ask for help."),
    )

    panels: ClassVar[list[Any]] = [
        FieldPanel("language"),
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("place"),
        FieldPanel("access_note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("text of the meeting")
        verbose_name_plural = _("texts of the meeting")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["event", "language"],
                name="campaigns_event_text_once",
                violation_error_message=_("There is a text in this language already."),
            )
        ]

    def __str__(self) -> str:
        return self.title
