"""A sample sign-off that waits: a draft of the first sample campaign, submitted to a native reader. Nobody is mailed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, TaskState

from campaigns.approval.arranging import Step, arrange_steps
from campaigns.approval.models import SignOff
from campaigns.messages import in_every_language
from campaigns.models import Campaign, Post, PostTarget, SocialAccount
from campaigns.sample_campaigns import moment_of
from core.models import User

CAMPAIGN, LANGUAGE = "limburg-openhartig", "nl"
TEXT = _("Who in your street would be glad of a cup of coffee? Ask. It is an example post: it sends nothing.")
READER = _("Native reader Dutch")


def load_sign_offs() -> list[SignOff]:
    """The sample sign-offs that wait; made when there are none."""
    campaign = Campaign.objects.filter(slug=CAMPAIGN).first()
    if campaign is None:
        return []
    if not SignOff.objects.filter(post__campaign=campaign).exists():
        _make(campaign)
    return list(SignOff.objects.filter(post__campaign=campaign, state=SignOff.State.WAITING))


def _make(campaign: Campaign) -> None:
    arrange_steps(campaign, [Step(in_every_language(READER)[LANGUAGE], LANGUAGE)])
    user = User.objects.filter(groups__name="Campaign staff").first()
    locale = Locale.objects.get(language_code=LANGUAGE)
    post = Post(campaign=campaign, locale=locale, planned_at=moment_of(5, "09:00"), live=False)
    post.text = in_every_language(TEXT)[LANGUAGE]
    accounts = SocialAccount.objects.filter(provider="website", language=LANGUAGE)
    post.targets = [PostTarget(account=account) for account in accounts]
    post.save()
    post.save_revision(user=user)
    workflow = post.get_workflow()
    if workflow is None:
        return
    state = workflow.start(post, user)
    first = state.current_task_state
    if first.status == TaskState.STATUS_IN_PROGRESS and not SignOff.objects.filter(task_state=first).exists():
        first.specific.approve(user=user)
