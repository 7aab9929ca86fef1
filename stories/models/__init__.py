from .approvals import StoryApproval
from .index import StoryIndexPage
from .pages import RelatedPage, StoryPage
from .people import NetworkPerson
from .places import PlaceUse, StoryPlace
from .terms import Barrier, StoryBarrier, StoryTheme, Theme

__all__ = [
    "Barrier",
    "NetworkPerson",
    "PlaceUse",
    "RelatedPage",
    "StoryApproval",
    "StoryBarrier",
    "StoryIndexPage",
    "StoryPage",
    "StoryPlace",
    "StoryTheme",
    "Theme",
]
