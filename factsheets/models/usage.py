"""Where dated facts are used, how far a change of one has come, and which reminders are out."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from factsheets.models.facts import Fact


class FactUsage(models.Model):
    """A page, or anything else with revisions, mentions a fact: online, or in its newest draft.

    It protects the fact: what is in use cannot be deleted.
    """

    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="usages")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    is_live = models.BooleanField()
    content_object = GenericForeignKey()

    class Meta:
        verbose_name = _("use of a fact")
        verbose_name_plural = _("uses of facts")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["fact", "content_type", "object_id", "is_live"], name="fact_used_once"
            )
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.fact.key}: {self.content_type_id}/{self.object_id}"


class ShownFact(models.Model):
    """What readers were last told, as a fingerprint: apart from the fact, which people save with what they loaded."""

    fact = models.OneToOneField(Fact, on_delete=models.CASCADE, related_name="shown")
    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("fact as shown")
        verbose_name_plural = _("facts as shown")

    def __str__(self) -> str:
        return f"{self.fact.key}: {self.fingerprint[:8]}"


class FactRefresh(models.Model):
    """One change of a fact on its way to everything that mentions it."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="refreshes")
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    total = models.PositiveIntegerField(_("to do"), default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)

    class Meta:
        verbose_name = _("change of a fact")
        verbose_name_plural = _("changes of facts")
        ordering: ClassVar[list[str]] = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.fact.key}: {self.done}/{self.total}"

    @property
    def is_finished(self) -> bool:
        return self.done + self.failed >= self.total


class SentReminder(models.Model):
    """A mail that went out, so that it goes out once: the key names the occasion and the address."""

    key = models.CharField(max_length=255, unique=True)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")

    def __str__(self) -> str:
        return self.key
