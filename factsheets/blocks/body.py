from wagtail.blocks import StreamBlock

from core.blocks import BodyBlock
from core.blocks.media import FigureBlock
from core.blocks.text import TEXT_FEATURES, HeadingBlock, ParagraphsBlock
from support.blocks import GlossaryTermBlock, HelpLinesBlock, ServiceBlock

from .countries import CountryComparisonBlock, CountrySectionBlock
from .guidance import FACT_FEATURES, DoAndDontBlock, QuestionsBlock, StepsBlock, WarningBlock
from .references import ContactBlock, DownloadBlock, FormBlock, StoryBlock


class SheetBodyBlock(BodyBlock):
    text = ParagraphsBlock(features=[*TEXT_FEATURES, *FACT_FEATURES])
    steps = StepsBlock()
    do_and_dont = DoAndDontBlock()
    warning = WarningBlock()
    questions = QuestionsBlock()
    country_comparison = CountryComparisonBlock()
    country_section = CountrySectionBlock()
    form = FormBlock()
    contact = ContactBlock()
    story = StoryBlock()
    download = DownloadBlock()
    help_lines = HelpLinesBlock()
    service = ServiceBlock()
    glossary_term = GlossaryTermBlock()


class EasyBodyBlock(StreamBlock):
    """Few kinds of blocks: a page that is easy to read looks the same all the way."""

    heading = HeadingBlock()
    text = ParagraphsBlock(features=["bold", "ul", "link", *FACT_FEATURES])
    image = FigureBlock()
    steps = StepsBlock()
    warning = WarningBlock()
    contact = ContactBlock()
