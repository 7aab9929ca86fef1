"""Taking back what was made from a withdrawn page: called off, taken down, and its words and pictures erased.

Counts stay: how often a link was followed and how a post was received say nothing about whose story it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import FormState
from wagtail.models import ModelLogEntry, Page, Revision, TaskState, WorkflowState

from campaigns.models import PlatformPost, Post, PostTarget, PublishAttempt, ShortUrl
from campaigns.states import PLANNED, Status
from core.erasing import erase_if_unused, scrub_database
from core.models import CustomImage
from core.sharing import Trace

from .removing import request_removal
from .scheduling import cancel_platform_post

ON_ITS_WAY = frozenset({Status.PUBLISHING, Status.UNKNOWN})
"""Whether it is out is not known yet, and finding out needs its words."""

NAMELESS = "–"


def recall_pages(pages: Sequence[Page], withdrawal: UUID) -> None:
    """Connect everything made from these pages with the withdrawal, before the pages are gone; then take it back."""
    ids = [page.pk for page in pages]
    addresses = [page.full_url for page in pages if page.full_url]
    Post.objects.filter(Q(page__in=ids) | Q(link__in=addresses)).update(withdrawal=withdrawal)
    # A short address stays for ever: it may stand in print. It says "gone" from now on.
    ShortUrl.objects.filter(Q(page__in=ids) | Q(address__in=addresses)).update(page=None, address="")
    recall_posts(Post.objects.filter(withdrawal=withdrawal, erased_at=None))


def recall_withdrawn_posts() -> int:
    """The heartbeat's part: posts that were being sent when their page was withdrawn. Returns how many are left."""
    waiting = list(Post.objects.filter(withdrawal__isnull=False, erased_at=None))
    left = recall_posts(waiting)
    if left < len(waiting):
        scrub_database()
    return left


def recall_posts(posts: Iterable[Post]) -> int:
    """Call off, ask for removal, erase what can be erased. Returns how many posts cannot be erased yet."""
    left = 0
    for post in posts:
        for platform_post in post.platform_posts.all():
            if platform_post.status in PLANNED:
                cancel_platform_post(platform_post, _("Its page was withdrawn by its teller."))
            elif platform_post.status == Status.PUBLISHED and not was_asked(platform_post):
                request_removal(platform_post)
        if post.platform_posts.filter(status__in=ON_ITS_WAY).exists():
            left += 1
        else:
            erase_post(post)
    return left


def was_asked(platform_post: PlatformPost) -> bool:
    """Whether the network was asked already; its answer stands in the row when it was a refusal."""
    return platform_post.removal_requested_at is not None or bool(platform_post.status_message)


@transaction.atomic
def erase_post(post: Post) -> None:
    """Words, link, pictures, earlier versions, comments and log texts of a post that is withdrawn."""
    images = {post.image_id, *post.platform_posts.values_list("image_id", flat=True)}
    revisions = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Post), object_id=str(post.pk)
    )
    images |= {revision.content.get("image") for revision in revisions}
    images |= {
        target.get("image") for revision in revisions for target in revision.content.get("targets", [])
    }
    images |= set(PostTarget.objects.filter(post=post.pk).values_list("image_id", flat=True))
    post.text, post.followups, post.link, post.image, post.image_alt = "", [], "", None, ""
    post.live, post.has_unpublished_changes = False, False
    post.latest_revision = post.live_revision = None
    post.erased_at = timezone.now()
    post.save()
    PostTarget.objects.filter(post=post.pk).update(text="", followups=[], image=None, image_alt="")
    post.platform_posts.update(text="", followups=[], image=None, image_alt="", revision=None)
    PublishAttempt.objects.filter(platform_post__post=post.pk).update(message={})
    revisions.delete()
    _erase_traces(post)
    for image in CustomImage.objects.filter(pk__in=images - {None}):
        erase_if_unused(image)


def _erase_traces(post: Post) -> None:
    kind, number = ContentType.objects.get_for_model(Post), str(post.pk)
    ModelLogEntry.objects.filter(content_type=kind, object_id=number).update(label=NAMELESS)
    ModelLogEntry.objects.filter(content_type=kind, object_id=number, action__startswith="wagtail.").update(
        data={}
    )
    states = WorkflowState.objects.filter(base_content_type=kind, object_id=number)
    TaskState.objects.filter(workflow_state__in=states).update(comment="")
    FormState.objects.filter(content_type=kind, object_id__in=["", number]).delete()


def traces_of(withdrawal: UUID) -> list[Trace]:
    """What became of every message made from the withdrawn pages."""
    rows = PlatformPost.objects.filter(post__withdrawal=withdrawal).select_related("account", "post")
    return [_trace(row) for row in rows.order_by("pk")]


def _trace(row: PlatformPost) -> Trace:
    place = str(row.account)
    match row.status:
        case Status.REMOVED:
            return Trace(place, removed_at=row.removed_at)
        case Status.PUBLISHED if row.removal_requested_at:
            to_do = row.message or _("The network is being asked to take it down.")
            return Trace(place, row.remote_url, to_do=to_do)
        case Status.PUBLISHED:
            return Trace(place, row.remote_url, to_do=row.message or _("It has to be taken down by hand."))
        case Status.PUBLISHING | Status.UNKNOWN:
            return Trace(place, to_do=_("We are finding out whether it reached the network."))
        case _:
            return Trace(place, removed_at=row.post.erased_at)
