from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.messages import in_language_of_reader
from campaigns.providers.base import PublishResult
from campaigns.providers.parts import thread_so_far
from campaigns.states import CLAIMABLE, Status

from .crops import Crop

FIRST_TRIES = 3
LONGEST_WAIT_OF_OTHERS = timedelta(minutes=5)


class PlatformPostQuerySet(models.QuerySet["PlatformPost"]):
    def due(self, now: datetime) -> PlatformPostQuerySet:
        """What a worker may take now."""
        return self.filter(status__in=CLAIMABLE, next_attempt_at__lte=now)

    def in_line(self, now: datetime, account: int | models.F) -> PlatformPostQuerySet:
        """What is to go out on an account, first planned first; only the first of them may be taken.

        One that will be tried again keeps its place through its first tries. After those, or when the network
        asked for a long pause, it lets the later ones pass and goes out when it can.
        """
        soon = Q(
            status__in=[Status.RETRYING, Status.UNKNOWN],
            attempts_made__lte=FIRST_TRIES,
            next_attempt_at__lte=now + LONGEST_WAIT_OF_OTHERS,
        )
        return self.filter(
            Q(next_attempt_at__lte=now) | soon, account=account, status__in=CLAIMABLE
        ).order_by("due_at", "pk")

    def abandoned(self, now: datetime) -> PlatformPostQuerySet:
        """Taken by a worker that did not come back within its lease."""
        return self.filter(status=Status.PUBLISHING, lease_until__lt=now)

    def measured(self, now: datetime) -> PlatformPostQuerySet:
        """On a network, and due to be asked for its figures."""
        return self.filter(status=Status.PUBLISHED, metrics_due_at__lte=now)

    def on_website(self) -> PlatformPostQuerySet:
        return self.filter(account__provider="website", status=Status.PUBLISHED)


class PlatformPost(models.Model):
    """A post on one account: the text, time and pictures that were approved, and how far they have come.

    The row holds the state; tasks only say that it is time to look (see ``campaigns/states.py``).
    """

    post = models.ForeignKey("campaigns.Post", on_delete=models.PROTECT, related_name="platform_posts")
    account = models.ForeignKey(
        "campaigns.SocialAccount", on_delete=models.PROTECT, related_name="platform_posts"
    )

    # What was approved. It never changes for one idempotency key.
    text = models.TextField(_("text"))
    followups = models.JSONField(default=list, blank=True)  # the further texts, each a part of its own
    image = models.ForeignKey("core.CustomImage", null=True, on_delete=models.SET_NULL, related_name="+")
    image_alt = models.CharField(max_length=1000, blank=True)
    image_crop = models.CharField(max_length=10, choices=Crop.choices, default=Crop.WHOLE, blank=True)
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    idempotency_key = models.CharField(max_length=200, unique=True)
    dated_at = models.DateTimeField()  # the time the message carries at the network
    due_at = models.DateTimeField(_("time"))

    # How far it has come.
    status = models.CharField(_("state"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    status_message = models.JSONField(default=dict, blank=True)
    attempts_made = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    nudged_at = models.DateTimeField(null=True, blank=True)
    claim_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    steps = models.JSONField(
        default=dict, blank=True
    )  # what earlier tries left at the network; see ``Steps``
    remote_id = models.CharField(max_length=500, blank=True)
    followup_ids = models.JSONField(default=list, blank=True)  # the remote ids of the further parts
    remote_url = models.URLField(max_length=1000, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    removal_requested_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    metrics_due_at = models.DateTimeField(null=True, blank=True)

    was_tried = True  # a claim knows better: whether any call was ever written down for it

    objects = PlatformPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post on an account")
        verbose_name_plural = _("posts on accounts")
        ordering: ClassVar[list[Any]] = ["due_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["post", "account"], name="campaigns_platform_post_once"),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHING) | Q(lease_until__isnull=False),
                name="campaigns_platform_post_leased",
            ),
            # One message at a time on an account, whatever the workers think.
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(status=Status.PUBLISHING),
                name="campaigns_account_one_at_a_time",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["status", "next_attempt_at"], name="campaigns_platform_post_due"),
            models.Index(
                fields=["account", "due_at", "id"],
                condition=Q(status__in=sorted(CLAIMABLE)),
                name="campaigns_platform_post_line",
            ),
            models.Index(fields=["metrics_due_at"], name="campaigns_platform_post_meas"),
        ]

    def __str__(self) -> str:
        return f"{self.post} → {self.account}"

    def keep_steps(self, ids: dict[str, str]) -> None:
        """Store what a try left at the network, before the next call is made; each call has a whole lease.

        Raises ``ClaimLost`` when another worker took the message over: it goes on from what it finds.
        """
        self.steps = dict(ids)
        claim = type(self).objects.filter(
            pk=self.pk, idempotency_key=self.idempotency_key, claim_token=self.claim_token
        )
        lease_until = timezone.now() + timedelta(seconds=settings.CAMPAIGNS_LEASE_SECONDS)
        if not claim.update(steps=self.steps, lease_until=lease_until):
            raise ClaimLost(self.pk)

    @property
    def thread_so_far(self) -> PublishResult | None:
        """What of its thread is out already, and stays out whatever happens to the rest; None when nothing is."""
        return thread_so_far(self.steps)

    @property
    def message(self) -> str:
        """What happened and what happens next, in the reader's language."""
        return in_language_of_reader(self.status_message) or self._cut_short()

    def _cut_short(self) -> str:
        if self.status != Status.PUBLISHED or len(self.followup_ids) >= len(self.followups):
            return ""
        message = _("Only {out} of {all} parts are out. Take it down, or write the rest there yourself.")
        return message.format(out=len(self.followup_ids) + 1, all=len(self.followups) + 1)


class ClaimLost(Exception):
    """Another worker has this message now; whoever meets this stops."""


class PublishAttempt(models.Model):
    """Written and committed before every call that may change something at a network."""

    class Kind(models.TextChoices):
        PUBLISH = "publish", _("Publish")
        LOOK = "look", _("Look whether it is there")
        REMOVE = "remove", _("Take down")

    class Outcome(models.TextChoices):
        OPEN = "open", _("No answer yet")
        DONE = "done", _("Done")
        ABSENT = "absent", _("Not there")
        TEMPORARY = "temporary", _("Not now")
        REFUSED = "refused", _("Refused")
        UNKNOWN = "unknown", _("No answer came")

    platform_post = models.ForeignKey(PlatformPost, on_delete=models.CASCADE, related_name="attempts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    idempotency_key = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    message = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering: ClassVar[list[Any]] = ["started_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_outcome_display()}"
