from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .texts import NeverChanged


class TrailQuerySet(models.QuerySet[Any]):
    """Rows are added, and nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise NeverChanged("The audit trail is never changed.")

    def delete(self) -> NoReturn:
        raise NeverChanged("The audit trail is never deleted.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanged("The audit trail is never changed.")


class TrailEntry(models.Model):
    """A line of an audit trail: when, and by whom. Which things happened, each trail says itself, in ``action``."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    # Without a constraint: an account that is deleted leaves its number here, and no row changes.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    data = models.JSONField(default=dict, blank=True)

    objects = TrailQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering: ClassVar[list[Any]] = ["-pk"]

    def __str__(self) -> str:
        return str(self.get_action_display())  # type: ignore[attr-defined]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NeverChanged("The audit trail is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanged("The audit trail is never deleted.")


class AuditEntry(TrailEntry):
    """What happened to a consent, when, and by whom. No word of the story and no name stands in it.

    The database itself refuses changes, too (see the migrations).
    """

    class Actor(models.TextChoices):
        OFFICER = "officer", _("consent officer")
        TELLER = "teller", _("the person, by the private link")
        SYSTEM = "system", _("by itself")

    class Action(models.TextChoices):
        CREATED = "created", _("Record made")
        CHANGED = "changed", _("Record changed")
        AGREED = "agreed", _("Agreed")
        TAKEN_BACK = "taken_back", _("Took back")
        UNTIL = "until", _("Changed the last day")
        APPROVED = "approved", _("Approved a language version")
        CHANGES = "changes", _("Asked for changes to a language version")
        LINK_MADE = "link_made", _("Private link made")
        LINK_REVOKED = "link_revoked", _("Private link revoked")
        LINK_ASKED = "link_asked", _("Asked for a new private link")
        EVIDENCE_ADDED = "evidence_added", _("Evidence added")
        EVIDENCE_SEEN = "evidence_seen", _("Evidence opened")
        SEEN = "seen", _("Record opened")
        REMINDED = "reminded", _("Reminder sent")
        TAKEN_OFFLINE = "taken_offline", _("Story taken offline")
        WITHDRAWN = "withdrawn", _("Consent withdrawn")
        ERASED = "erased", _("Everything erased")
        RESTORED = "restored", _("Erased again after a backup was restored")
        IDENTITY_ERASED = "identity_erased", _("Name, contact and evidence erased")

    record = models.ForeignKey(
        "consent.ConsentRecord", null=True, on_delete=models.PROTECT, related_name="audit_entries"
    )
    story_key = models.UUIDField(db_index=True)
    actor = models.CharField(_("by"), max_length=10, choices=Actor)
    action = models.CharField(_("what"), max_length=20, choices=Action)

    class Meta(TrailEntry.Meta):
        verbose_name = _("entry of the audit trail")
        verbose_name_plural = _("audit trail")
