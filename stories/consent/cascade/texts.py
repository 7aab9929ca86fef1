"""Every text of the story in the database: pages, drafts, translations, comments, log texts, search."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from wagtail.admin.models import FormState
from wagtail.models import (
    Comment,
    ModelLogEntry,
    Page,
    PageLogEntry,
    ReferenceIndex,
    Revision,
    TaskState,
    WorkflowState,
)
from wagtail.search.models import IndexEntry
from wagtail_localize.models import (
    SegmentOverride,
    String,
    StringSegment,
    StringTranslation,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
)

from stories.consent.models import VersionReview, Withdrawal

from .offline import all_pages

NAMELESS = "–"


@transaction.atomic
def erase_translations(withdrawal: Withdrawal) -> dict[str, Any]:
    """What translators worked from and what they wrote. Texts that nothing uses any more go along."""
    key = withdrawal.story_key
    written = StringTranslation.objects.filter(context__object_id=key)
    count = written.count()
    written.delete()
    SegmentOverride.objects.filter(context__object_id=key).delete()
    TranslationSource.objects.filter(object_id=key).delete()
    TranslationContext.objects.filter(object_id=key).delete()
    TranslatableObject.objects.filter(translation_key=key).delete()
    # An earlier text of a page leaves its strings behind, connected to nothing: they cannot be told apart by page.
    String.objects.exclude(pk__in=StringSegment.objects.values("string_id")).exclude(
        pk__in=StringTranslation.objects.values("translation_of_id")
    ).delete()
    Template.objects.exclude(pk__in=TemplateSegment.objects.values("template_id")).delete()
    return {"texts": count}


@transaction.atomic
def erase_traces(withdrawal: Withdrawal) -> dict[str, Any]:
    """Everything about the pages that would outlive them, or tell of them while the rest is erased."""
    pages = all_pages(withdrawal)
    ids = sorted({*(page.pk for page in pages), *withdrawal.inventory.get("pages", [])})
    report = {"versions": _erase_revisions(ids), "comments": _erase_comments(ids)}
    report["log_entries"] = PageLogEntry.objects.filter(page_id__in=ids).update(label=NAMELESS, data={})
    page_type = ContentType.objects.get_for_model(Page)
    types = [page_type, *{page.content_type for page in pages}]
    # Drafts that were never saved hang on no page, so all of this kind go.
    FormState.objects.filter(content_type__in=types, object_id__in=["", *map(str, ids)]).delete()
    ModelLogEntry.objects.filter(content_type__in=types, object_id__in=map(str, ids)).update(
        label=NAMELESS, data={}
    )
    for page in pages:
        # Deleting a page writes its title to the technical log.
        Page.objects.filter(pk=page.pk).update(
            title=NAMELESS, draft_title=NAMELESS, seo_title="", search_description="", slug=f"gone-{page.pk}"
        )
    return report


def _erase_revisions(ids: list[int]) -> int:
    revisions = Revision.page_revisions.filter(object_id__in=map(str, ids))
    count = revisions.count()
    Page.objects.filter(pk__in=ids).update(latest_revision=None, live_revision=None)
    revisions.delete()
    return count


def _erase_comments(ids: list[int]) -> int:
    states = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), object_id__in=map(str, ids)
    )
    said = TaskState.objects.filter(workflow_state__in=states).exclude(comment="")
    count = said.count()
    states.delete()
    comments = Comment.objects.filter(page_id__in=ids)
    count += comments.count()
    comments.delete()
    return count


@transaction.atomic
def erase_pages(withdrawal: Withdrawal) -> dict[str, Any]:
    pages = all_pages(withdrawal)
    ids = sorted({*(page.pk for page in pages), *withdrawal.inventory.get("pages", [])})
    languages = sorted({page.locale.language_code for page in pages})
    for page in pages:
        Page.objects.get(pk=page.pk).specific.delete()  # the tree has moved since the list was made
    forget_in_indexes(ids)
    return {"pages": len(pages), "languages": languages}


def forget_in_indexes(ids: list[int]) -> None:
    """Search and the index of references, whichever task wrote to them last."""
    types = ContentType.objects.filter(pk__in=_page_types())
    IndexEntry.objects.filter(content_type__in=types, object_id__in=map(str, ids)).delete()
    ReferenceIndex.objects.filter(
        Q(base_content_type__in=types) | Q(content_type__in=types), object_id__in=map(str, ids)
    ).delete()
    ReferenceIndex.objects.filter(to_content_type__in=types, to_object_id__in=map(str, ids)).delete()


def _page_types() -> list[int]:
    from stories.models import StoryPage

    found = ContentType.objects.get_for_models(Page, StoryPage).values()
    return [each.pk for each in found]


def erase_remarks(withdrawal: Withdrawal) -> dict[str, Any]:
    """What was said about the versions may quote them."""
    said = VersionReview.objects.filter(record__story_key=withdrawal.story_key)
    for review in said:
        review.remark = ""
        review.save(update_fields=["remark"])
    return {"remarks": said.count()}
