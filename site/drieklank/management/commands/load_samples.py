from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from drieklank.sample_pages import draft_pages, load_pages
from drieklank.sample_people import load_people
from stories.sample_stories import draft_stories, load_stories


class Command(BaseCommand):
    help = "Brings the sample content in: people, pages, stories. What is there already is left alone."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        people = load_people()
        pages, stories = draft_pages(), draft_stories()
        fresh = [*load_pages(pages), *load_stories(stories)]
        self.stdout.write(f"Sample content: {len(people)} people and {len(fresh)} pages are new.")
