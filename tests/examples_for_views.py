"""One real row for every place in an address, so that a refusal is one, and not a page that was not found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail_localize.models import StringSegment

from campaigns.cards.drawing import Format
from campaigns.cards.making import make_cards
from campaigns.cards.models import QuoteCard
from campaigns.kit.filling import make_kit
from campaigns.models import Partner, Pause
from core.countries import Country
from drieklank.models import HomePage
from stories.consent.actions import TELLER, make_link, officer, withdraw_story
from stories.consent.models import ConsentRecord
from stories.models import Barrier, Theme
from stories.submissions.drafting import save_draft, start_draft
from stories.submissions.drafting import send as send_submission
from stories.submissions.models import Submission
from support.choices import Kind, Region
from support.models.glossary import GlossaryTerm
from support.models.imports import ServiceImport
from support.models.places import Municipality
from support.models.routes import CareAdvice, Part
from support.models.services import SupportService
from tests.factories.campaigns import CampaignFactory, PostFactory, SocialAccountFactory, scheduled
from tests.factories.consents import agree, real_story
from tests.factories.facts import make_fact
from tests.factories.meetings import meeting
from tests.factories.pages import FactsheetPageFactory, StoryPageFactory
from tests.factories.people import PersonFactory
from tests.factories.translations import send

Values = dict[str, Any]


def pk_of(make: Callable[[], Any]) -> Callable[[], Values]:
    return lambda: {"pk": make().pk}


def of_story() -> Values:
    return {"story_key": real_story().translation_key}


def of_consent() -> Values:
    return {"pk": _record().pk, "language": "nl"}


def of_private_link() -> Values:
    link, token = make_link(_record(), officer(None))
    return {"pk": link.pk, "token": token, "language": "nl"}


def of_withdrawal() -> Values:
    return {"pk": withdraw_story(_record().story_key, TELLER).pk}


def of_page() -> Values:
    page = StoryPageFactory()
    return {"pk": page.pk, "page_id": page.pk}


def of_translation() -> Values:
    translation = send(StoryPageFactory())
    segment = StringSegment.objects.filter(source=translation.source).first()
    return {
        "translation_id": translation.pk,
        "translation_source_id": translation.source_id,
        "string_segment_id": segment.pk if segment else 0,
    }


def of_image() -> Values:
    image = get_image_model().objects.create(title="Brug", file=get_test_image_file())
    return {"pk": image.pk, "image_id": image.pk}


def quote_card() -> QuoteCard:
    story = StoryPageFactory()
    return make_cards(CampaignFactory(), story, story.title, formats=[Format.SQUARE])[0]


def of_kit() -> Values:
    kit = make_kit(CampaignFactory(), _partner(), ["nl"])
    return {"pk": kit.campaign_id, "kit": kit.pk}


def _record() -> ConsentRecord:
    return agree(real_story())


def _partner() -> Any:
    return Partner.objects.create(name="Gemeente Voorbeeld")


def _message() -> Any:
    return scheduled(SocialAccountFactory(provider="website"))


def _draft() -> Any:
    post = PostFactory(planned_at=timezone.now())
    post.save_revision()
    return post


def _service() -> SupportService:
    return SupportService.objects.create(key="voorbeeld", kind=Kind.HELP_LINE, name="Voorbeeld", country="NL")


def _place() -> Municipality:
    return Municipality.objects.create(name="Voorbeeldstad", country=Country.NL, region=Region.values[0])


def _advice() -> CareAdvice:
    text = {f"text_{language}": "Vraag raad." for language in ("nl", "de", "fr")}
    return CareAdvice.objects.create(key="voorbeeld", part=Part.COSTS, written_on="2026-01-01", **text)


def submission() -> Submission:
    made, __ = start_draft("nl", "")
    made = save_draft(made, None, {"text": "Een verhaal."})
    send_submission(made)
    return made


# By the beginning of the address, the longest that fits.
EXAMPLES: dict[str, Callable[[], Values]] = {
    "admin/campaigns/account/": lambda: {
        "pk": SocialAccountFactory(provider="bluesky").pk,
        "network": "bluesky",
    },
    "admin/campaigns/announce/": of_page,
    "admin/campaigns/calendar/": lambda: {"year": 2026, "month": 5, "week": 19, "day": 4},
    "admin/campaigns/calendar/move/": pk_of(_message),
    "admin/campaigns/calendar/move-draft/": pk_of(_draft),
    "admin/campaigns/approval/": pk_of(CampaignFactory),
    "admin/campaigns/approval/post/": lambda: {"pk": _message().post_id},
    "admin/campaigns/campaign/": pk_of(CampaignFactory),
    "admin/campaigns/cards/": pk_of(quote_card),
    "admin/campaigns/cards/make/": of_page,
    "admin/campaigns/cards/of/": pk_of(CampaignFactory),
    "admin/campaigns/evergreen/": lambda: {"pk": _message().post_id},
    "admin/campaigns/kits/": of_kit,
    "admin/campaigns/take-down/": lambda: {"pk": _message().post_id},
    "admin/campaigns/meeting/": pk_of(lambda: meeting(CampaignFactory())),
    "admin/campaigns/partner/": pk_of(_partner),
    "admin/campaigns/planning/": pk_of(CampaignFactory),
    "admin/campaigns/planning/series/": pk_of(_draft),
    "admin/campaigns/planning/resume/": pk_of(lambda: Pause.objects.create(started_at=timezone.now())),
    "admin/campaigns/posts/": lambda: {"pk": _message().post_id, "language": "de"},
    "admin/campaigns/posts/on-account/": pk_of(_message),
    "admin/consents/": of_consent,
    "admin/consents/link/": of_private_link,
    "admin/consents/story/": of_story,
    "admin/consents/withdrawals/": of_withdrawal,
    "admin/documents/chooser/": pk_of(lambda: get_document_model().objects.create(title="Brief")),
    "admin/factsheets/reviews/": pk_of(FactsheetPageFactory),
    "admin/images/chooser/": of_image,
    "admin/localize/": of_translation,
    "admin/localize/page/": of_page,
    "admin/localize/submit/": of_page,
    "admin/snippets/choose/campaigns/post/": lambda: {"pk": _message().post_id},
    "admin/snippets/choose/factsheets/fact/": pk_of(make_fact),
    "admin/snippets/choose/stories/barrier/": pk_of(Barrier.objects.first),
    "admin/snippets/choose/stories/theme/": pk_of(Theme.objects.first),
    "admin/snippets/factsheets/fact/": pk_of(make_fact),
    "admin/snippets/stories/barrier/": pk_of(Barrier.objects.first),
    "admin/snippets/stories/theme/": pk_of(Theme.objects.first),
    "admin/submissions/": pk_of(submission),
    "admin/support/care-routes/": pk_of(_advice),
    "admin/support/choose-service/": pk_of(_service),
    "admin/support/glossary/": pk_of(lambda: GlossaryTerm.objects.create(key="gp", term_nl="huisarts")),
    "admin/support/import/": pk_of(lambda: ServiceImport.objects.create(user=PersonFactory(), text="")),
    "admin/support/municipalities/": pk_of(_place),
    "admin/support/services/": pk_of(_service),
    "admin/users/": pk_of(PersonFactory),
    "nl/my-story/": of_private_link,
    "nl/not-translated/": lambda: {"translation_key": HomePage.objects.first().translation_key},
    "nl/sheets/": pk_of(FactsheetPageFactory),
    "s/": lambda: {"code": "nowhere", "token": "nowhere"},
}


def values_for(route: str) -> Values:
    """What stands in the places of ``route``. Raises ``LookupError`` when nobody wrote an example for it."""
    fitting = [beginning for beginning in EXAMPLES if route.startswith(beginning)]
    if not fitting:
        raise LookupError(f"no example for {route}: add one to tests/examples_for_views.py")
    return EXAMPLES[max(fitting, key=len)]()
