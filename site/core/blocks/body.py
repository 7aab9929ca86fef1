from wagtail.blocks import StreamBlock

from .links import CallToActionBlock
from .media import FigureBlock
from .text import TEXT_FEATURES, HeadingBlock, ParagraphsBlock, QuoteBlock


class BodyBlock(StreamBlock):
    """The running text of a page; a room adds its own blocks by inheriting."""

    heading = HeadingBlock()
    text = ParagraphsBlock(features=TEXT_FEATURES)
    quote = QuoteBlock()
    image = FigureBlock()
    call_to_action = CallToActionBlock()
