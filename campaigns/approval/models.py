from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState, Workflow

from core.encryption import EncryptedTextField
from core.private_links import digest_of, handle_of, new_token, proves


class WhenOverdue(models.TextChoices):
    HOLD = "hold", _("nothing goes out until there is an answer")
    GO_ON = "go_on", _("it goes on without an answer")


class CampaignApproval(models.Model):
    """The steps of one campaign, and what happens when somebody outside does not answer in time."""

    campaign = models.OneToOneField(
        "campaigns.Campaign", verbose_name=_("campaign"), on_delete=models.CASCADE, related_name="approval"
    )
    workflow = models.ForeignKey(
        Workflow,
        verbose_name=_("steps"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: the approval of all posts. Steps are made under Settings → Workflows."),
    )
    days = models.PositiveSmallIntegerField(
        _("days to answer"), default=5, help_text=_("How many days somebody outside has for a sign-off.")
    )
    when_overdue = models.CharField(
        _("after that"), max_length=10, choices=WhenOverdue.choices, default=WhenOverdue.HOLD
    )

    class Meta:
        verbose_name = _("approval of a campaign")
        verbose_name_plural = _("approvals of campaigns")

    def __str__(self) -> str:
        return str(self.campaign)


class SignOffTask(Task):
    """A step at which somebody without an account reads a post by a private link and says yes, or what to change."""

    language = models.CharField(
        _("language"),
        max_length=2,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("Only posts in this language come to this step; empty: all."),
    )
    who = models.CharField(
        _("who"), max_length=120, help_text=_("A role or organisation, such as: native reader German.")
    )
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Gets the link. Without it staff hands the link over.")
    )

    admin_form_fields: ClassVar[list[str]] = [*Task.admin_form_fields, "who", "language", "email"]

    class Meta:
        verbose_name = _("sign-off by private link")
        verbose_name_plural = _("sign-offs by private link")

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        """Ask for the sign-off; a post in another language skips the step."""
        from campaigns.approval.signing import ask_for_sign_off

        post = workflow_state.content_object
        if self.language and post.language != self.language:
            skipped: TaskState = TaskState.objects.create(
                workflow_state=workflow_state,
                task=self,
                revision=post.get_latest_revision(),
                status=TaskState.STATUS_SKIPPED,
                finished_at=timezone.now(),
            )
            return skipped
        task_state: TaskState = super().start(workflow_state, user=user)
        ask_for_sign_off(self, task_state, user)
        return task_state

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Staff cannot answer for somebody else, but can send a post back to its writer."""
        return [("reject", _("Request changes"), True)] if user.has_perm("campaigns.publish_post") else []

    @classmethod
    def get_description(cls) -> Any:
        return _(
            "Somebody without an account reads the post by a private link and agrees, or asks for changes"
        )


class SignOff(models.Model):
    """One question to one person about exactly one version of a post, and the answer: the audit trail."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for an answer")
        AGREED = "agreed", _("agreed")
        CHANGES = "changes", _("asked for changes")
        VOID = "void", _("void: the post was changed")
        WENT_ON = "went_on", _("no answer in time: it went on")
        CANCELLED = "cancelled", _("called off")

    post = models.ForeignKey("campaigns.Post", on_delete=models.CASCADE, related_name="sign_offs")
    task_state = models.ForeignKey(TaskState, null=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    content_digest = models.CharField(max_length=64)
    who = models.CharField(_("who"), max_length=120)
    email = models.EmailField(blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(_("answer by"))
    when_overdue = models.CharField(max_length=10, choices=WhenOverdue.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    name = models.CharField(_("your name"), max_length=120, blank=True)
    remark = models.TextField(_("what should change"), max_length=2000, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    overdue_told_at = models.DateTimeField(null=True, blank=True)
    handle = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    token = EncryptedTextField()

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering: ClassVar[list[Any]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.who}: {self.get_state_display()}"

    def make_link(self) -> None:
        """The caller saves."""
        token = new_token()
        self.handle, self.digest, self.token = handle_of(token), digest_of(token), token

    @classmethod
    def behind(cls, token: str) -> SignOff | None:
        sign_off = (
            cls.objects.select_related("post__campaign", "post__locale", "revision")
            .filter(handle=handle_of(token))
            .first()
        )
        return sign_off if proves(token, sign_off.digest if sign_off else None) else None

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_overdue(self) -> bool:
        return self.is_waiting and timezone.now() > self.due_at

    @property
    def remind_at(self) -> Any:
        """One day before the end, or halfway when there is less than two days."""
        half = (self.due_at - self.asked_at) / 2
        return self.due_at - min(timedelta(days=1), half)
