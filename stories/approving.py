"""A second pair of eyes: a story about suicide goes online when two different people have approved it.

Approving is what people do anyway: pressing Publish, planning, or approving in the workflow. The first press is
noted and stops there; the second, by somebody else and about the same text, brings the story online. A changed word makes
another version, which both approve anew.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Count, QuerySet
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import Page, Revision

from core.publishing import MayNotGoOnline, asked_before_going_online, touches_content
from core.safe_messaging.pages import speaks_of_suicide
from stories.consent.versions import digest_of
from stories.models import StoryApproval, StoryPage

APPROVERS_NEEDED = 2


class SecondApproverMissing(MayNotGoOnline):
    """Fewer than two people have approved this version; what the one who tried thinks of it is noted afterwards."""

    def __init__(self, story: StoryPage, digest: str, person: Any) -> None:
        self.story, self.digest, self.person = story, digest, person
        values = {"title": story.title}
        if person is not None:
            sentence = _(
                "“%(title)s” is about suicide: a second person must approve it too. Your approval is noted."
            )
        else:
            sentence = _("“%(title)s” is about suicide: two people must approve it before it goes online.")
        super().__init__({NON_FIELD_ERRORS: sentence % values})

    def after_refusal(self) -> None:
        if self.person is not None:
            note_approval(self.story, self.digest, self.person)


def needs_two_approvals(story: StoryPage) -> bool:
    """Because of its theme, or because it was about suicide when it was last approved or read."""
    return has_theme(story) or _was_about_suicide(story)


def has_theme(story: StoryPage) -> bool:
    return any(theme.needs_two_approvals for theme in story.themes.all())


def _was_about_suicide(story: StoryPage) -> bool:
    """Taking the theme off ends nothing by itself: two people must first approve a version without the subject."""
    if not story.pk:
        return False
    approvals = StoryApproval.objects.filter(story=story.pk)
    last = approvals.filter(about_suicide=True).order_by("-pk").first()
    if last is None:
        return StoryPage.objects.live().filter(pk=story.pk, themes__needs_two_approvals=True).exists()
    later = approvals.filter(about_suicide=False, pk__gt=last.pk).values("digest")
    return not later.annotate(people=Count("person")).filter(people__gte=APPROVERS_NEEDED).exists()


def version_of(story: StoryPage) -> str:
    """Stands for what is approved: what is read, and whether it is read as a story about suicide."""
    digest = digest_of(story)
    return digest if has_theme(story) else sha256(f"{digest} without the theme".encode()).hexdigest()


def approvals_of(story: StoryPage) -> QuerySet[StoryApproval]:
    """Of the version as it is held, by people who still work here."""
    return StoryApproval.objects.filter(
        story=story.pk, digest=version_of(story), person__is_active=True
    ).select_related("person")


def note_approval(story: StoryPage, digest: str, person: Any) -> None:
    about = has_theme(story) or speaks_of_suicide(story)
    __, created = StoryApproval.objects.get_or_create(
        story_id=story.pk, digest=digest, person=person, defaults={"about_suicide": about}
    )
    if created:
        log(StoryPage.objects.get(pk=story.pk), "stories.approved", user=person)


def check_approved(story: StoryPage) -> None:
    """Raises ``SecondApproverMissing`` unless two people, the one at work included, approve this version."""
    if not needs_two_approvals(story):
        return
    digest = version_of(story)
    approvers = {approval.person_id for approval in approvals_of(story)}
    person = _approver_at_work(story)
    if person is not None:
        approvers.add(person.pk)
    if len(approvers) < APPROVERS_NEEDED:
        raise SecondApproverMissing(story, digest, person)
    if person is not None and story.pk:
        note_approval(story, digest, person)


def _approver_at_work(story: StoryPage) -> Any:
    """Who is at work in the admin right now, when they may publish this story; else None."""
    person = get_active_log_context().user
    if person is None or not story.pk:
        return None
    return person if story.permissions_for_user(person).can_publish() else None


@receiver(pre_save, dispatch_uid="stories.guard_approvals")
def guard_page(
    sender: type[Any], instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    if raw or not isinstance(instance, Page) or not instance.live or not _is_story(instance):
        return
    if touches_content(instance, update_fields):
        story = instance if isinstance(instance, StoryPage) else instance.specific
        stored = StoryPage.objects.filter(pk=instance.pk, live=True).first() if instance.pk else None
        if stored is None or version_of(stored) != version_of(story):
            check_approved(story)


def _is_story(page: Page) -> bool:
    model = type(page) if type(page) is not Page else page.specific_class
    return isinstance(model, type) and issubclass(model, StoryPage)


@receiver(pre_save, sender=Revision, dispatch_uid="stories.guard_planned_approvals")
def guard_schedule(sender: type[Revision], instance: Revision, raw: bool = False, **kwargs: Any) -> None:
    if not raw and instance.approved_go_live_at:
        check_revision(instance)


@asked_before_going_online
def check_revision(revision: Revision) -> None:
    if issubclass(revision.content_type.model_class() or object, StoryPage):
        check_approved(revision.as_object())
