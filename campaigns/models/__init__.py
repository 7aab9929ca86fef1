from .accounts import SocialAccount
from .calendar import CalendarFeed
from .campaigns import Campaign, Partner
from .events import Event, EventText
from .featured import FeaturedPage
from .funding import FundingNotice
from .goals import CampaignGoal
from .metrics import Metric
from .pages import CampaignPage
from .planning import Pause, Pulse, Slot
from .platform_posts import PlatformPost, PublishAttempt
from .posts import Post, PostTarget
from .short_urls import ShortUrl, VisitCount
from .versions import VersionDecision

__all__ = [
    "CalendarFeed",
    "Campaign",
    "CampaignGoal",
    "CampaignPage",
    "Event",
    "EventText",
    "FeaturedPage",
    "FundingNotice",
    "Metric",
    "Partner",
    "Pause",
    "PlatformPost",
    "Post",
    "PostTarget",
    "PublishAttempt",
    "Pulse",
    "ShortUrl",
    "Slot",
    "SocialAccount",
    "VersionDecision",
    "VisitCount",
]
