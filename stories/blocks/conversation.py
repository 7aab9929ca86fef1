from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock

ANSWER_FEATURES = ["bold", "italic", "link"]


class QuestionAnswerBlock(StructBlock):
    """One turn of an interview."""

    question = CharBlock(label=_("Question"), max_length=300)
    answer = RichTextBlock(label=_("Answer"), features=ANSWER_FEATURES)

    class Meta:
        label = _("Question and answer")
        description = _("A question of the interviewer, and the answer in the teller’s words.")
        icon = "help"
        group = _("Text")
        template = "stories/blocks/question_answer.html"
        preview_value = {
            "question": "Wie merkte het als eerste?",
            "answer": "<p>Mijn collega. Ze kwam naast me zitten en bleef.</p>",
        }
