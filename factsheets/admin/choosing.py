"""A list in the text editor that puts a dated fact, or a word of the glossary, in the text."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.rich_text.editors.draftail.features import ControlFeature, DecoratorFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

from factsheets.admin.facts import said_today
from factsheets.models import Fact
from support.glossary import sorted_terms


def register_fact_feature(features: FeatureRegistry) -> None:
    """The token is plain text: no conversion between editor and database, nothing for translation to lose."""
    features.register_editor_plugin(
        "draftail",
        "fact",
        ControlFeature(
            {"type": "fact"},
            js=["factsheets/js/choose-fact.js"],
            css={"all": ["factsheets/css/editor.css"]},
        ),
    )
    features.register_editor_plugin("draftail", "fact-tokens", DecoratorFeature({"type": "fact-tokens"}))


def settings_of_the_list() -> SafeString:
    """For the editor's page: where the list of facts is, and what it is called in the language of the admin."""
    return format_html(
        '<template id="facts-to-choose" data-address="{}" data-label="{}"></template>',
        reverse("factsheets_facts_to_choose"),
        _("Fact or word…"),
    )


def facts_to_choose(request: HttpRequest) -> JsonResponse:
    """Tokens for the editor's list: every fact with what it says today, every word of the glossary."""
    language = get_language() or "nl"
    facts = [
        {
            "token": f"{{fact:{fact.key}}}",
            "label": f"{fact.label(language)}: {said_today(fact)} ({fact.country})",
        }
        for fact in Fact.objects.prefetch_related("periods")
    ]
    terms = [{"token": term.token, "label": term.word} for term in sorted_terms()]
    groups = [(_("Dated facts"), sorted(facts, key=lambda row: row["label"])), (_("Glossary"), terms)]
    return JsonResponse(
        {"groups": [{"label": label, "tokens": tokens} for label, tokens in groups if tokens]}
    )
