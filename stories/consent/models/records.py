from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedJSONField
from stories.consent.dates import last_day
from stories.consent.evidence import evidence_name, evidence_storage
from stories.consent.purposes import Part, Purpose


class How(models.TextChoices):
    PAPER = "paper", _("on paper")
    ONLINE = "online", _("online, by the private link")
    SPOKEN = "spoken", _("spoken, with a witness")


class ConsentRecordQuerySet(models.QuerySet["ConsentRecord"]):
    def active(self) -> ConsentRecordQuerySet:
        return self.filter(state=ConsentRecord.State.ACTIVE)

    def of_story(self, story_key: Any) -> ConsentRecordQuerySet:
        return self.filter(story_key=story_key).order_by("role", "pk").prefetch_related("ticks__text")


class ConsentRecord(models.Model):
    """What one person agreed to about one story, in all its languages. Who that is, only officers can read.

    A story has one teller; other people who can be recognised in it have a record of their own, and all of
    them must agree.
    """

    class Role(models.TextChoices):
        TELLER = "teller", _("the teller")
        OTHER = "other", _("somebody else in the story")

    class State(models.TextChoices):
        ACTIVE = "active", _("In force")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    story_key = models.UUIDField(_("story"), db_index=True, editable=False)
    role = models.CharField(_("person"), max_length=10, choices=Role, default=Role.TELLER)
    language = models.CharField(
        _("language of the person"),
        max_length=2,
        choices=settings.LANGUAGES,
        help_text=_(
            "In which the story was told and the consent is given. Other languages are translations."
        ),
    )
    identity = EncryptedJSONField(default=dict, blank=True)
    is_minor = models.BooleanField(_("younger than 18"), default=False)
    how = models.CharField(_("how"), max_length=10, choices=How)
    given_at = models.DateTimeField(_("given at"), null=True, blank=True)
    until = models.DateField(_("until"), help_text=_("The last day on which the story may be used."))
    ends_on = models.DateField(db_index=True, editable=False)
    may_mail = models.BooleanField(_("may be mailed"), default=False)
    sees_versions = models.BooleanField(
        _("approves each language version"),
        default=True,
        help_text=_("A version goes online only after this person has approved exactly that version."),
    )
    evidence = models.FileField(storage=evidence_storage, upload_to=evidence_name, blank=True)
    evidence_digest = models.CharField(max_length=64, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACTIVE)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    identity_erased_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ConsentRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering: ClassVar[list[Any]] = ["-created_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["story_key"], condition=Q(role="teller"), name="consent_one_teller_a_story"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is None or {"until", "identity", "is_minor"} & set(fields):
            self.ends_on = last_day(self.until, self.birth_date)
            if fields is not None:
                kwargs["update_fields"] = {*fields, "ends_on"}
        super().save(*args, **kwargs)

    @property
    def birth_date(self) -> date | None:
        """Known for minors alone."""
        text = self.identity.get("birth_date") if self.is_minor else None
        return date.fromisoformat(text) if text else None

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE

    def ticks_in_force(self) -> dict[str, ConsentTick]:
        """What is agreed to now, by part."""
        return {tick.part: tick for tick in self.ticks.all() if tick.ended_at is None}

    @property
    def purposes(self) -> set[Purpose]:
        return {Purpose(part) for part in self.ticks_in_force() if part != Part.GENERAL}

    @property
    def purposes_in_order(self) -> list[Purpose]:
        """As people read them everywhere else."""
        return [purpose for purpose in Purpose if purpose in self.purposes]


class ConsentTick(models.Model):
    """One thing agreed to, with the exact text that was read. Taking it back ends the row; it is never deleted."""

    record = models.ForeignKey(ConsentRecord, on_delete=models.PROTECT, related_name="ticks")
    part = models.CharField(max_length=20, choices=Part)
    text = models.ForeignKey("consent.ConsentText", on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=How)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[Any]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["record", "part"], condition=Q(ended_at__isnull=True), name="consent_tick_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_part_display())
