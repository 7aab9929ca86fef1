"""What to do: steps, do and don't, warnings, questions with their answers."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock, TextBlock

FACT_FEATURES = ["fact", "fact-tokens"]
SHORT_FEATURES = ["bold", "italic", "link", *FACT_FEATURES]


class ShortTextBlock(RichTextBlock):
    """A few sentences with links and dated facts."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": SHORT_FEATURES, **kwargs})


class StepsBlock(StructBlock):
    title = CharBlock(label=_("Title"), required=False, default="", max_length=120)
    steps = ListBlock(ShortTextBlock(label=_("Step")), label=_("Steps"), min_num=2)

    class Meta:
        label = _("Steps")
        description = _("Numbered steps, in the order somebody takes them.")
        icon = "list-ol"
        group = _("Guidance")
        template = "factsheets/blocks/steps.html"
        preview_value = {
            "steps": ["<p>Vertel het aan één persoon die u vertrouwt.</p>", "<p>Ga naar uw huisarts.</p>"]
        }


class DoAndDontBlock(StructBlock):
    do = ListBlock(ShortTextBlock(label=_("Do")), label=_("Do"))
    dont = ListBlock(ShortTextBlock(label=_("Don't")), label=_("Don't"))

    class Meta:
        label = _("Do and don't")
        description = _("What helps, and what to leave, side by side.")
        icon = "tasks"
        group = _("Guidance")
        template = "factsheets/blocks/do_and_dont.html"
        preview_value = {
            "do": ["<p>Neem iemand mee.</p>"],
            "dont": ["<p>Stop niet zomaar met medicijnen.</p>"],
        }


class WarningBlock(StructBlock):
    title = CharBlock(label=_("Title"), max_length=120)
    text = ShortTextBlock(label=_("Text"))

    class Meta:
        label = _("Warning")
        description = _("Something nobody may read past.")
        icon = "warning"
        group = _("Guidance")
        template = "factsheets/blocks/warning.html"
        preview_value = {"title": "Is er direct gevaar?", "text": "<p>Bel 112, in alle drie de landen.</p>"}


class QuestionBlock(StructBlock):
    question = TextBlock(label=_("Question"), rows=1)
    answer = ShortTextBlock(label=_("Answer"))


class QuestionsBlock(StructBlock):
    questions = ListBlock(QuestionBlock(label=_("Question")), label=_("Questions"))

    class Meta:
        label = _("Questions and answers")
        description = _("Questions people really ask, each with a short answer.")
        icon = "help"
        group = _("Guidance")
        template = "factsheets/blocks/questions.html"
        preview_value = {
            "questions": [{"question": "Moet ik lang wachten?", "answer": "<p>Dat verschilt per plek.</p>"}]
        }
