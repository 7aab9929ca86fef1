from typing import Any

from django.core.management.base import BaseCommand

from campaigns.approval.sample_sign_offs import load_sign_offs
from campaigns.cards.sample_cards import load_cards
from campaigns.evergreen.sample_queue import load_queue
from campaigns.kit.sample_kits import load_kits
from campaigns.sample_campaigns import draft_campaigns, load_campaigns, load_posts
from campaigns.sample_events import load_events
from campaigns.sample_states import load_states
from drieklank.models import HomePage
from drieklank.sample_pages import draft_pages, load_pages, load_untranslated_page
from drieklank.sample_people import load_people
from factsheets.sample_sheets import draft_sheets, load_easy_sheets, load_facts, load_sheets
from stories.sample_stories import draft_stories, load_stories
from stories.submissions.sample_submissions import load_submissions
from support.sample_pages import draft_support_pages, load_care_advice, load_glossary, load_support_pages
from support.sample_services import load_services


class Command(BaseCommand):
    help = "Brings the sample content in: people, pages, stories, sheets, campaigns. What is there already is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        people, services = load_people(), load_services()
        home = HomePage.objects.get(locale__language_code="nl")
        support_pages, campaigns = draft_support_pages(home), draft_campaigns(home)
        pages, stories, sheets = draft_pages(), draft_stories(), draft_sheets()
        load_facts()
        load_care_advice()
        load_glossary()
        fresh = [
            *load_pages(pages),
            *load_support_pages(support_pages),
            *load_stories(stories),
            *load_sheets(sheets),
            *load_easy_sheets(),
            *load_campaigns(campaigns),
        ]
        load_events()
        load_untranslated_page()
        posts = [*load_posts(), *load_states()]
        load_queue()
        load_cards()
        load_kits()
        load_sign_offs()
        load_submissions()
        self.stdout.write(
            f"Sample content: {len(people)} people, {len(services)} services, {len(fresh)} pages and {len(posts)} posts are new."
        )
