from core.blocks import BodyBlock

from .countries import CountryComparisonBlock, CountrySectionBlock
from .guidance import DoAndDontBlock, QuestionsBlock, StepsBlock, WarningBlock
from .references import ContactBlock, DownloadBlock, FormBlock, StoryBlock


class SheetBodyBlock(BodyBlock):
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
