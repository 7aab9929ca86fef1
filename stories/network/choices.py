"""What can be said about somebody on a map. The keys are stored, in samples and in files that visitors keep."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Ring(models.IntegerChoices):
    CLOSE = 1, _("very close")
    AROUND = 2, _("close")
    FURTHER = 3, _("further away")


class Frequency(models.TextChoices):
    """How often there is contact."""

    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")
    RARELY = "rarely", _("now and then")


class Involved(models.TextChoices):
    """Whether those who cared for the teller took this person into account."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    UNKNOWN = "unknown", _("not known")


class Helped(models.TextChoices):
    YES = "yes", _("yes")
    MIXED = "mixed", _("partly")
    NO = "no", _("no")


class Circle(models.TextChoices):
    """Kinds of relations, for figures over all stories."""

    FAMILY = "family", _("family")
    FRIENDS = "friends", _("friends and neighbours")
    DAILY_LIFE = "daily-life", _("work, school and clubs")
    PEERS = "peers", _("people who went through the same")
    CARE = "care", _("care and support")
    OFFICIAL = "official", _("insurers and public bodies")


class Relation(models.TextChoices):
    PARTNER = "partner", _("partner")
    PARENT = "parent", _("parent")
    CHILD = "child", _("child")
    SIBLING = "sibling", _("brother or sister")
    GRANDPARENT = "grandparent", _("grandparent")
    GRANDCHILD = "grandchild", _("grandchild")
    IN_LAW = "in-law", _("in-law")
    RELATIVE = "relative", _("other relative")
    FRIEND = "friend", _("friend")
    NEIGHBOUR = "neighbour", _("neighbour")
    COLLEAGUE = "colleague", _("colleague")
    EMPLOYER = "employer", _("manager or employer")
    UNIVERSITY = "university", _("school or university")
    CLUB = "club", _("club or association")
    FAITH = "faith", _("faith community")
    VOLUNTEER = "volunteer", _("volunteer or buddy")
    SELF_HELP_GROUP = "self-help-group", _("self-help group")
    EXPERT = "expert-by-experience", _("expert by experience")
    GP = "gp", _("GP")
    PRACTICE_NURSE = "practice-nurse", _("practice nurse at the GP’s")
    PSYCHOLOGIST = "psychologist", _("psychologist")
    THERAPIST = "therapist", _("psychotherapist or counsellor")
    PSYCHIATRIST = "psychiatrist", _("psychiatrist")
    NURSE = "nurse", _("nurse")
    SOCIAL_WORKER = "social-worker", _("social worker")
    DAY_CARE = "day-care", _("day activities")
    HOSPITAL = "hospital", _("hospital or clinic")
    HELP_LINE = "help-line", _("help line")
    INSURER = "insurer", _("health insurer")
    MUNICIPALITY = "municipality", _("municipality or public body")
    PET = "pet", _("pet")
    OTHER_PERSON = "other-person", _("other person")
    OTHER_ORGANISATION = "other-organisation", _("other organisation")

    @property
    def is_organisation(self) -> bool:
        return self in ORGANISATIONS

    @property
    def circle(self) -> Circle:
        return next(circle for circle, relations in RELATIONS_OF_CIRCLE.items() if self in relations)


ORGANISATIONS = frozenset(
    {
        Relation.UNIVERSITY,
        Relation.CLUB,
        Relation.FAITH,
        Relation.SELF_HELP_GROUP,
        Relation.DAY_CARE,
        Relation.HOSPITAL,
        Relation.HELP_LINE,
        Relation.INSURER,
        Relation.MUNICIPALITY,
        Relation.OTHER_ORGANISATION,
    }
)
RELATIONS_OF_CIRCLE: dict[Circle, tuple[Relation, ...]] = {
    Circle.FAMILY: (
        Relation.PARTNER,
        Relation.PARENT,
        Relation.CHILD,
        Relation.SIBLING,
        Relation.GRANDPARENT,
        Relation.GRANDCHILD,
        Relation.IN_LAW,
        Relation.RELATIVE,
    ),
    Circle.FRIENDS: (Relation.FRIEND, Relation.NEIGHBOUR, Relation.PET, Relation.OTHER_PERSON),
    Circle.DAILY_LIFE: (
        Relation.COLLEAGUE,
        Relation.EMPLOYER,
        Relation.UNIVERSITY,
        Relation.CLUB,
        Relation.FAITH,
        Relation.OTHER_ORGANISATION,
    ),
    Circle.PEERS: (Relation.SELF_HELP_GROUP, Relation.EXPERT, Relation.VOLUNTEER),
    Circle.CARE: (
        Relation.GP,
        Relation.PRACTICE_NURSE,
        Relation.PSYCHOLOGIST,
        Relation.THERAPIST,
        Relation.PSYCHIATRIST,
        Relation.NURSE,
        Relation.SOCIAL_WORKER,
        Relation.DAY_CARE,
        Relation.HOSPITAL,
        Relation.HELP_LINE,
    ),
    Circle.OFFICIAL: (Relation.INSURER, Relation.MUNICIPALITY),
}
