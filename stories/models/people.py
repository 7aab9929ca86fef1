from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from stories.network.choices import Frequency, Helped, Involved, Relation, Ring
from stories.network.people import LABEL_LENGTH, Person
from stories.regions import Country


class NetworkPerson(TranslatableMixin, Orderable):
    """Somebody, or an organisation, around the teller. Only the label differs between languages."""

    story = ParentalKey("stories.StoryPage", on_delete=models.CASCADE, related_name="people")
    label = models.CharField(
        _("who"),
        max_length=LABEL_LENGTH,
        help_text=_("A role or a pseudonym, such as “my sister” or “Anke, colleague”. Never a surname."),
    )
    relation = models.CharField(_("relation"), max_length=30, choices=Relation)
    country = models.CharField(_("country"), max_length=2, choices=Country)
    ring = models.PositiveSmallIntegerField(_("closeness"), choices=Ring)
    how_often = models.CharField(_("contact"), max_length=10, choices=Frequency)
    involved_by_care = models.CharField(
        _("taken into account by care"),
        max_length=10,
        choices=Involved,
        default=Involved.UNKNOWN,
        help_text=_("Did those who cared for the teller ask or include this person?"),
    )
    helped = models.CharField(_("helped"), max_length=10, choices=Helped)

    panels: ClassVar[list[Any]] = [
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("relation"), FieldPanel("country")]),
        FieldRowPanel([FieldPanel("ring"), FieldPanel("how_often")]),
        FieldRowPanel([FieldPanel("helped"), FieldPanel("involved_by_care")]),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("label"),
        SynchronizedField("relation"),
        SynchronizedField("country"),
        SynchronizedField("ring"),
        SynchronizedField("how_often"),
        SynchronizedField("involved_by_care"),
        SynchronizedField("helped"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("person or organisation")
        verbose_name_plural = _("people and organisations")

    def __str__(self) -> str:
        return self.label

    def as_person(self) -> Person:
        return Person(
            label=self.label,
            relation=self.relation,
            organisation=Relation(self.relation).is_organisation,
            country=self.country,
            ring=self.ring,
            how_often=self.how_often,
            involved_by_care=self.involved_by_care,
            helped=self.helped,
        )
