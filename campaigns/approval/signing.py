"""Asking for a sign-off, and every way it can end. An answer counts for the version that was read and no other."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState

from campaigns.approval.models import CampaignApproval, SignOff, SignOffTask, WhenOverdue
from campaigns.messages import in_every_language
from campaigns.models import Post, PostTarget
from campaigns.models.followups import texts_in

if TYPE_CHECKING:
    from core.models import User

State = SignOff.State
DAYS = 5


def content_of(post: Post) -> dict[str, Any]:
    """What readers of a post see, and where it goes."""
    return {
        "text": post.text,
        "followups": texts_in(post.followups),
        "page": post.page_id,
        "link": post.link,
        "image": post.image_id,
        "image_alt": post.image_alt,
        "targets": sorted(_differs(target) for target in post.targets.all()),
    }


def _differs(target: PostTarget) -> list[Any]:
    """What this account shows otherwise; 0 stands for no image of its own, so that rows can be sorted."""
    return [
        target.account_id,
        target.text,
        target.image_id or 0,
        target.image_alt,
        target.crop,
        target.without_link,
        texts_in(target.followups),
        target.without_followups,
    ]


def digest_of_post(post: Post) -> str:
    return sha256(json.dumps(content_of(post), sort_keys=True, default=str).encode()).hexdigest()


def newest(post: Post) -> Post:
    """The newest version of a post, as it would be approved."""
    fresh = Post.objects.get(pk=post.pk)
    version: Post = fresh.get_latest_revision_as_object()
    return version


def ask_for_sign_off(task: SignOffTask, task_state: TaskState, user: User | None) -> SignOff:
    """A question about the version that the step is about. The mail goes out with the heartbeat's next beat."""
    post = newest(task_state.workflow_state.content_object)
    rules = CampaignApproval.objects.filter(campaign=post.campaign_id).first()
    sign_off = SignOff(
        post_id=post.pk,
        task_state=task_state,
        revision=task_state.revision,
        content_digest=digest_of_post(post),
        who=task.who,
        email=task.email,
        asked_by=user if getattr(user, "pk", None) else None,
        due_at=timezone.now() + timedelta(days=rules.days if rules else DAYS),
        when_overdue=rules.when_overdue if rules else WhenOverdue.HOLD,
    )
    sign_off.make_link()
    sign_off.save()
    return sign_off


def is_still_about(sign_off: SignOff) -> bool:
    """Whether the post is still as it was shown."""
    return digest_of_post(newest(sign_off.post)) == sign_off.content_digest


@transaction.atomic
def agree(sign_off: SignOff, name: str) -> bool:
    """The person outside says yes. False when it was too late: changed, answered or called off."""
    if not _answer(sign_off, State.AGREED, name=name):
        return False
    _close_step(sign_off, approve=True, comment=name)
    return True


@transaction.atomic
def ask_for_changes(sign_off: SignOff, name: str, remark: str) -> bool:
    """The post goes back to its writer, with the remark. False when it was too late."""
    if not _answer(sign_off, State.CHANGES, name=name, remark=remark):
        return False
    _close_step(sign_off, approve=False, comment=f"{name}: {remark}")
    return True


@transaction.atomic
def go_on_without_answer(sign_off: SignOff) -> bool:
    """The time is over and the campaign's rule says: go on. The trail says that nobody agreed."""
    if not sign_off.is_overdue or sign_off.when_overdue != WhenOverdue.GO_ON:
        return False
    if not _answer(sign_off, State.WENT_ON):
        return False
    comment = in_every_language(_("There was no answer in time; the campaign’s rule is to go on."))
    _close_step(sign_off, approve=True, comment=comment[sign_off.post.language])
    return True


def _answer(sign_off: SignOff, state: SignOff.State, **fields: str) -> bool:
    """One answer a question, and only about what was read: one conditional update."""
    if not is_still_about(sign_off):
        void_sign_offs(sign_off.post)
        return False
    step = TaskState.objects.filter(pk=sign_off.task_state_id, status=TaskState.STATUS_IN_PROGRESS)
    return step.exists() and bool(
        SignOff.objects.filter(pk=sign_off.pk, state=State.WAITING).update(
            state=state, answered_at=timezone.now(), **fields
        )
    )


def _close_step(sign_off: SignOff, *, approve: bool, comment: str) -> None:
    if sign_off.task_state_id is None:
        return
    step = TaskState.objects.get(pk=sign_off.task_state_id).specific
    # Wagtail asks that the step and the answer are about the newest version; autosave may have made a new
    # revision of the same words.
    latest = step.workflow_state.content_object.get_latest_revision()
    if step.revision_id != latest.pk:
        step.revision = latest
        step.save(update_fields=["revision"])
    if approve:
        step.approve(user=sign_off.asked_by, comment=comment)
    else:
        step.reject(user=sign_off.asked_by, comment=comment)


def void_sign_offs(post: Post) -> int:
    """The post was changed: open questions and given answers about the old version count no more. Returns how many.

    A step that was open begins again, at the first step that has not approved the new version.
    """
    current = digest_of_post(newest(post))
    old = SignOff.objects.filter(post=post.pk, state__in=[State.WAITING, State.AGREED]).exclude(
        content_digest=current
    )
    waiting = [sign_off.task_state_id for sign_off in old if sign_off.is_waiting]
    number = old.update(state=State.VOID)
    for step in TaskState.objects.filter(pk__in=waiting, status=TaskState.STATUS_IN_PROGRESS):
        step.specific.cancel(user=None)
    return number
