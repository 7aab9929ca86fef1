from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedJSONField, EncryptedTextField
from stories.consent.dates import today
from stories.consent.evidence import evidence_storage
from stories.consent.purposes import Purpose
from stories.submissions.references import new_reference


class FileKind(models.TextChoices):
    PICTURE = "picture", _("picture")
    RECORDING = "recording", _("recording")


class HeldBack(models.TextChoices):
    """Why a submission does not stand in the queue before somebody has looked at it. None is ever dropped."""

    TRAP = "trap", _("a field that people do not see was filled in")
    FAST = "fast", _("it was sent within a few seconds")
    LINKS = "links", _("it holds many links")


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def waiting(self) -> SubmissionQuerySet:
        """The queue: the oldest first."""
        return self.filter(state=Submission.State.SENT, held_back="").order_by("sent_at", "pk")

    def held_back(self) -> SubmissionQuerySet:
        return self.filter(state=Submission.State.SENT).exclude(held_back="").order_by("sent_at", "pk")

    def decided(self) -> SubmissionQuerySet:
        states = (Submission.State.ACCEPTED, Submission.State.DECLINED)
        return self.filter(state__in=states).order_by("-decided_at", "-pk")

    def to_erase(self) -> SubmissionQuerySet:
        return self.filter(erase_on__lte=today(), erased_at=None)


class Submission(models.Model):
    """A story that somebody told through the site, from its first draft until it is a page or erased.

    What was told stands here encrypted. After erasing, an empty row remains, so that the private link can still say
    what became of it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("not sent yet")
        SENT = "sent", _("waits for an answer")
        ACCEPTED = "accepted", _("is a draft story")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("taken back")
        EXPIRED = "expired", _("erased, because nobody decided in time")

    reference = models.CharField(_("reference"), max_length=12, unique=True, default=new_reference)
    handle = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    held_back = models.CharField(_("held back"), max_length=10, choices=HeldBack, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    campaign = models.SlugField(_("campaign"), max_length=60, blank=True)
    answers = EncryptedJSONField(default=dict, blank=True)
    contact = EncryptedJSONField(default=dict, blank=True)
    is_minor = models.BooleanField(_("younger than 18"), default=False)
    ticks = models.JSONField(default=dict, blank=True)
    """What was ticked: part to number of the consent text that was read."""
    file = models.FileField(storage=evidence_storage, blank=True, editable=False)
    file_kind = models.CharField(max_length=10, choices=FileKind, blank=True)
    file_ending = models.CharField(max_length=5, blank=True)
    file_key = EncryptedTextField(default="", blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    story_key = models.UUIDField(null=True, blank=True, db_index=True)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, db_index=True)
    """When those who look after submissions were told of it by mail."""
    decided_at = models.DateTimeField(null=True, blank=True)
    erase_on = models.DateField(_("is erased on"), db_index=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering: ClassVar[list[Any]] = ["-pk"]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.SENT

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    @property
    def purposes(self) -> list[Purpose]:
        """The uses that were ticked."""
        return [purpose for purpose in Purpose if purpose.value in self.ticks]

    @property
    def waiting_for(self) -> timedelta:
        """How long ago it was sent."""
        return timezone.now() - self.sent_at if self.sent_at else timedelta(0)

    @property
    def is_erased_soon(self) -> bool:
        return not self.is_erased and self.erase_on <= today() + timedelta(days=14)
