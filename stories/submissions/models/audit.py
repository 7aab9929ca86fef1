from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.consent.models import NeverChanged


class EntryQuerySet(models.QuerySet["SubmissionEntry"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise NeverChanged("The audit trail is never changed.")

    def delete(self) -> NoReturn:
        raise NeverChanged("The audit trail is never deleted.")


class SubmissionEntry(models.Model):
    """What happened to a submission, when, and by whom. No word that was told, and no address."""

    class Action(models.TextChoices):
        SENT = "sent", _("Sent")
        SEEN = "seen", _("Opened")
        FILE_SEEN = "file_seen", _("File opened")
        ASSIGNED = "assigned", _("Assigned")
        RELEASED = "released", _("Moved into the queue")
        REPLIED = "replied", _("Answered")
        WROTE = "wrote", _("The teller wrote")
        ACCEPTED = "accepted", _("Made into a draft story")
        DECLINED = "declined", _("Declined")
        TAKEN_BACK = "taken_back", _("Taken back by the teller")
        ERASED = "erased", _("Erased")

    submission = models.ForeignKey("submissions.Submission", on_delete=models.PROTECT, related_name="entries")
    at = models.DateTimeField(_("when"), auto_now_add=True)
    # Without a constraint: an account that is deleted leaves its number here, and no row changes.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    action = models.CharField(_("what"), max_length=12, choices=Action)
    data = models.JSONField(default=dict, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[Any]] = ["-pk"]

    def __str__(self) -> str:
        return str(self.get_action_display())

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NeverChanged("The audit trail is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanged("The audit trail is never deleted.")
