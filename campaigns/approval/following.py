"""What happens to a post that its sign-offs must follow, and what an open sign-off holds back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, TaskState, Workflow
from wagtail.signals import task_cancelled, workflow_cancelled

from campaigns.approval.models import CampaignApproval, SignOff
from campaigns.approval.signing import void_sign_offs
from campaigns.gates import asked_before_going_out
from campaigns.models import Post
from campaigns.workflows import chooses_workflow
from core.sharing import Clearance, SharingUse


@chooses_workflow
def workflow_of_campaign(post: Post) -> Workflow | None:
    rules = CampaignApproval.objects.filter(campaign=post.campaign_id).select_related("workflow").first()
    return rules.workflow if rules and rules.workflow and rules.workflow.active else None


@receiver(post_save, sender=Revision)
def follow_changes(sender: type[Revision], instance: Revision, **kwargs: Any) -> None:
    """An edit voids what was said about the version before."""
    if instance.base_content_type.model_class() is not Post:
        return
    post = Post.objects.filter(pk=instance.object_id).first()
    if post is not None and SignOff.objects.filter(post=post.pk).exists():
        transaction.on_commit(lambda: void_sign_offs(post))


@receiver(task_cancelled)
@receiver(workflow_cancelled)
def call_off(sender: Any, instance: Any, **kwargs: Any) -> None:
    steps = (
        [instance.pk]
        if isinstance(instance, TaskState)
        else list(instance.task_states.values_list("pk", flat=True))
    )
    SignOff.objects.filter(task_state__in=steps, state=SignOff.State.WAITING).update(
        state=SignOff.State.CANCELLED
    )


def waiting_sign_offs(post: Post) -> QuerySet[SignOff]:
    return SignOff.objects.filter(post=post.pk or 0, state=SignOff.State.WAITING)


@asked_before_going_out(waiting_sign_offs)
def held_by_sign_off(post: Post, use: SharingUse) -> Clearance:
    """While somebody is asked, nothing goes out; whoever published around the steps meets this as well."""
    return Clearance((_("A sign-off is still waiting for an answer."),))
