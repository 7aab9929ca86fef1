"""What campaigns want counted and only the roof can count: campaigns know no stories."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from campaigns.goals import Reached, register_measure
from campaigns.models import Campaign, FeaturedPage
from stories.models import StoryPage


@register_measure("stories", _("Stories told"))
def count_stories(campaign: Campaign) -> Reached:
    """Stories the campaign shows as its own that are online, each once however many languages it has.

    Examples are counted apart: nobody told them.
    """
    shown = FeaturedPage.objects.filter(campaign_page__campaign=campaign)
    keys = shown.values("page__translation_key")
    online = StoryPage.objects.live().public().filter(translation_key__in=keys)
    told = online.filter(is_example=False).values("translation_key").distinct().count()
    examples = online.filter(is_example=True).values("translation_key").distinct().count()
    note = ngettext_lazy(
        "{number} example is not counted", "{number} examples are not counted", examples
    ).format(number=examples)
    return Reached(told, note if examples else "")
