from __future__ import annotations

import json
from typing import Any

from django import template
from wagtail.models import Page, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from core.safe_messaging.panel import safety_of
from core.translations import outdated_since, outdated_translations, progress_of
from core.translations.progress import language_name
from core.translations.views import may_update

register = template.Library()


@register.inclusion_tag("core/translations/notices.html", takes_context=True)
def translation_notices(context: dict[str, Any], translation: Translation, page: Page) -> dict[str, Any]:
    """Above a translation: how far it is, what it waits for, and whether its source has changed."""
    user = context["request"].user
    state = page.current_workflow_state
    task_state = page.current_workflow_task_state
    return {
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
        "page": page,
        "translation": translation,
        "source_language": language_name(translation.source.locale),
        "target_language": language_name(translation.target_locale),
        "progress": progress_of(translation),
        "since": outdated_since(page),
        "can_update": may_update(user, translation.source),
        "task_state": task_state,
        "waiting": bool(state and state.status == WorkflowState.STATUS_IN_PROGRESS),
        "sent_back": bool(state and state.status == WorkflowState.STATUS_NEEDS_CHANGES),
        "comment": state.current_task_state.comment if state and state.current_task_state else "",
        "decisions": {name for name, *__ in task_state.task.specific.get_actions(page, user)}
        if task_state
        else set(),
        "changed_since": bool(state) and _changed_since(translation, state),
        "safety": safety_of(_as_translated(translation)),
    }


def _as_translated(translation: Translation) -> Page:
    """The page with the texts entered so far, as it would be saved now."""
    return translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)


@register.inclusion_tag("core/translations/actions.html", takes_context=True)
def translation_actions(context: dict[str, Any], translation: Translation, page: Page) -> dict[str, Any]:
    """Below a translation: what this person can do with it now."""
    user = context["request"].user
    permissions = page.permissions_for_user(user)
    state = page.current_workflow_state
    waiting = bool(state and state.status == WorkflowState.STATUS_IN_PROGRESS)
    return {
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
        "page": page,
        "translation": translation,
        "can_submit": not waiting and page.has_workflow,
        "can_withdraw": bool(state and state.user_can_cancel(user)),
        "can_publish": permissions.can_publish(),
        "can_unpublish": permissions.can_unpublish(),
        "can_delete": permissions.can_delete(),
    }


@register.inclusion_tag("core/translations/source_notice.html", takes_context=True)
def source_notice(context: dict[str, Any], page: Page) -> dict[str, Any]:
    """Above a page in the source language: how many of its translations lag behind."""
    source = TranslationSource.objects.get_for_instance_or_none(page) if page and page.pk else None
    outdated = list(outdated_translations(page)) if source else []
    return {
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
        "source": source,
        "outdated": outdated,
        "can_update": bool(outdated) and may_update(context["request"].user, source),
    }


@register.simple_tag(takes_context=True)
def editor_props(context: dict[str, Any], props: str) -> str:
    """What the translation editor shows, without links to pages that this person may not see.

    It would call them deleted. A link leads to the page in the reader's language without anybody's doing.
    """
    values = json.loads(props)
    linked = {segment["value"] for segment in values["segments"] if _links(segment)}
    visible = PagePermissionPolicy().explorable_instances(context["request"].user).filter(pk__in=linked)
    seen = set(visible.values_list("pk", flat=True))
    values["segments"] = [
        segment for segment in values["segments"] if not _links(segment) or segment["value"] in seen
    ]
    return json.dumps(values)


def _links(segment: dict[str, Any]) -> bool:
    return (segment["location"].get("widget") or {}).get("type") == "page_chooser"


def _changed_since(translation: Translation, state: WorkflowState) -> bool:
    """Whether texts were changed after they were submitted: those wait for a submission of their own."""
    submitted = state.current_task_state.revision.created_at if state.current_task_state else state.created_at
    return StringTranslation.objects.filter(
        context__object_id=translation.source.object_id,
        locale_id=translation.target_locale_id,
        updated_at__gt=submitted,
    ).exists()
