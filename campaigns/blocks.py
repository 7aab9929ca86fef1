"""What a campaign says on its pages beside its text: facts and fables, tips for a conversation, for whom it is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    DateBlock,
    StreamBlock,
    StructBlock,
    StructValue,
    TextBlock,
    URLBlock,
)

FACT, FABLE = "fact", "fable"


class StatementValue(StructValue):
    @property
    def is_fact(self) -> bool:
        return bool(self.get("verdict") == FACT)


class StatementBlock(StructBlock):
    """A sentence that many people say, and whether it holds. Nobody has to believe it without a source."""

    statement = CharBlock(label=_("What people say"), max_length=200)
    verdict = ChoiceBlock(label=_("Is it so?"), choices=[(FACT, _("A fact")), (FABLE, _("A fable"))])
    explanation = TextBlock(label=_("Why"), max_length=800)
    source = CharBlock(label=_("Source"), max_length=200)
    source_url = URLBlock(label=_("Address of the source"), required=False, default="")
    checked_on = DateBlock(
        label=_("Looked up on"),
        required=False,
        help_text=_("Empty: the page says that it is still to be checked."),
    )
    sensitive = BooleanBlock(
        label=_("About suicide or danger"),
        required=False,
        help_text=_("Shows the way to help lines beside it."),
    )

    class Meta:
        label = _("Fact or fable")
        description = _("A sentence to agree or disagree with, with its explanation and source.")
        icon = "help"
        value_class = StatementValue
        preview_value = {
            "statement": "Iedereen kan mentale klachten krijgen.",
            "verdict": FACT,
            "explanation": "Met zwak of sterk zijn heeft het niets te maken.",
            "source": "Wereldgezondheidsorganisatie",
            "sensitive": False,
        }


class TipBlock(StructBlock):
    """One piece of advice for a conversation."""

    title = CharBlock(label=_("Tip"), max_length=120)
    text = TextBlock(label=_("How"), max_length=600)

    class Meta:
        label = _("Tip for a conversation")
        description = _("What somebody can say or do.")
        icon = "comment"
        preview_value = {"title": "Ga naast elkaar zitten", "text": "Naast elkaar praat makkelijker."}


class StatementsBlock(StreamBlock):
    statement: Any = StatementBlock()


class TipsBlock(StreamBlock):
    tip: Any = TipBlock()


class GroupsBlock(StreamBlock):
    group: Any = CharBlock(label=_("Target group"), max_length=150)
