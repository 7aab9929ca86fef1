from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """What a withdrawal does, in this order. Each step can be done again without harm."""

    OFFLINE = "offline", _("Taken offline in every language; the addresses answer “gone”")
    TOMBSTONE = "tombstone", _("Noted outside of the database, so that no backup brings it back")
    POSTS = "posts", _("Posts on social networks called off or taken down")
    INVENTORY = "inventory", _("Pictures, recordings and documents listed")
    TRANSLATIONS = "translations", _("Texts of translators erased")
    TRACES = "traces", _("Drafts, earlier versions, comments and log texts erased")
    PAGES = "pages", _("Pages erased in every language, with search and sitemap")
    FILES = "files", _("Pictures, recordings and documents erased")
    CACHES = "caches", _("Caches emptied")
    REMARKS = "remarks", _("Remarks about the language versions erased")


class Withdrawal(models.Model):
    """A consent taken back, and how far its erasure is. It holds numbers and dates, and no word of the story."""

    class State(models.TextChoices):
        RUNNING = "running", _("Being erased")
        DONE = "done", _("Erased")

    class By(models.TextChoices):
        TELLER = "teller", _("the person, by the private link")
        OFFICER = "officer", _("a consent officer")
        RESTORE = "restore", _("again, after a backup was restored")

    reference = models.UUIDField(unique=True, default=uuid4, editable=False)
    story_key = models.UUIDField(unique=True)
    requested_at = models.DateTimeField(_("withdrawn at"))
    requested_by = models.CharField(_("by"), max_length=10, choices=By)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RUNNING)
    inventory = models.JSONField(default=dict)
    """Ids of pages, and names of files still to be erased; empty when it is done."""
    lease_until = models.DateTimeField(null=True, blank=True)
    claim_token = models.UUIDField(null=True, blank=True)
    finished_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering: ClassVar[list[Any]] = ["-requested_at", "-pk"]

    def __str__(self) -> str:
        return str(self.reference)

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE


class WithdrawalStep(models.Model):
    """A step that is done. ``report`` holds numbers, and ids of what had to stay."""

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=20, choices=Step)
    finished_at = models.DateTimeField()
    report = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[Any]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["withdrawal", "name"], name="consent_step_once")
        ]

    def __str__(self) -> str:
        return str(self.get_name_display())


class WithdrawnAddress(models.Model):
    """A path that answers 410. Only its SHA-256 is kept: an address says what a story is about."""

    digest = models.CharField(max_length=64, unique=True)
    story_key = models.UUIDField(db_index=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.language} {self.digest[:8]}…"


class SentReminder(models.Model):
    """A reminder that went out, so that it goes out once."""

    record = models.ForeignKey("consent.ConsentRecord", on_delete=models.PROTECT, related_name="reminders")
    ends_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "ends_on", "days"], name="consent_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.days}"
