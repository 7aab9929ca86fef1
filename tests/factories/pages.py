"""Pages in the trees that the first migrations planted: live, unless told otherwise.

``language`` chooses the tree (``nl``, ``de`` or ``fr``). A page made in the German tree is a page of its own, not a
translation: translations come from ``tests.factories.translations``.
A test that empties tables (``transaction=True``) needs ``serialized_rollback=True`` to keep the trees.
"""

from __future__ import annotations

from typing import Any

import factory
import wagtail_factories
from wagtail.models import Page

from drieklank.models import HomePage, StandardPage
from factsheets.models import FactsheetIndexPage, FactsheetPage
from stories.models import StoryIndexPage, StoryPage


def body_of(*paragraphs: str, heading: str = "Een brug") -> list[dict[str, Any]]:
    """A StreamField body with a heading and the paragraphs, as the editor stores it."""
    blocks = [{"type": "heading", "value": heading}]
    blocks += [{"type": "text", "value": f"<p>{paragraph}</p>"} for paragraph in paragraphs]
    return blocks


def in_tree(model: type[Page]) -> Any:
    return factory.LazyAttribute(lambda page: model.objects.get(locale__language_code=page.language))


class TreePageFactory(wagtail_factories.PageFactory):
    class Meta:
        abstract = True

    class Params:
        language = "nl"

    summary = "Over iemand die de grens overging."
    body = factory.LazyFunction(lambda: body_of("Iedere ochtend fietste zij over de grens."))


class StandardPageFactory(TreePageFactory):
    class Meta:
        model = StandardPage

    parent = in_tree(HomePage)
    title = factory.Sequence(lambda number: f"Over ons {number}")


class StoryPageFactory(TreePageFactory):
    """An example, which needs nobody's consent. A real story comes from ``tests.factories.consents``."""

    class Meta:
        model = StoryPage

    parent = in_tree(StoryIndexPage)
    title = factory.Sequence(lambda number: f"Het verhaal van Mila {number}")
    teller = "Mila"
    is_example = True


class FactsheetPageFactory(TreePageFactory):
    class Meta:
        model = FactsheetPage

    parent = in_tree(FactsheetIndexPage)
    title = factory.Sequence(lambda number: f"Naar de huisarts {number}")
    sources = factory.LazyFunction(
        lambda: [{"type": "source", "value": {"title": "Rijksoverheid", "url": "https://example.org/"}}]
    )
