"""The regions that stories happen in and campaigns work in: the Euregio Meuse-Rhine, its neighbours, and beyond."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.TextChoices):
    """The partner regions of the Euregio Meuse-Rhine, North and Mid Limburg, and the rest of each country."""

    ZUID_LIMBURG = "zuid-limburg", _("South Limburg")
    NOORD_EN_MIDDEN_LIMBURG = "noord-en-midden-limburg", _("North and Mid Limburg")
    NETHERLANDS = "nl", _("elsewhere in the Netherlands")
    STAEDTEREGION_AACHEN = "staedteregion-aachen", _("Aachen city region")
    DUEREN = "dueren", _("Düren district")
    EUSKIRCHEN = "euskirchen", _("Euskirchen district")
    HEINSBERG = "heinsberg", _("Heinsberg district")
    GERMANY = "de", _("elsewhere in Germany")
    LIMBURG_BE = "limburg-be", _("Limburg (Belgium)")
    LIEGE = "liege", _("Province of Liège")
    OSTBELGIEN = "ostbelgien", _("East Belgium")
    BELGIUM = "be", _("elsewhere in Belgium")
    ELSEWHERE = "elsewhere", _("in another country")
