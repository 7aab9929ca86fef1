from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.consent.models import TrailEntry


class SubmissionEntry(TrailEntry):
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
    action = models.CharField(_("what"), max_length=12, choices=Action)
