from core.blocks import BodyBlock

from .conversation import QuestionAnswerBlock
from .help import HelpBoxBlock
from .lists import TimelineBlock
from .media import AudioBlock, VideoBlock
from .network import NetworkMapBlock


class StoryBodyBlock(BodyBlock):
    """The running text of a life story."""

    question_answer = QuestionAnswerBlock()
    audio = AudioBlock()
    video = VideoBlock()
    network_map = NetworkMapBlock()
    timeline = TimelineBlock()
    help_box = HelpBoxBlock()
