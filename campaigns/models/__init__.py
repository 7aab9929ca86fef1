from .accounts import SocialAccount
from .campaigns import Campaign, Partner
from .featured import FeaturedPage
from .metrics import Metric
from .pages import CampaignPage
from .platform_posts import PlatformPost, PublishAttempt
from .posts import Post, PostTarget
from .short_urls import ShortUrl, VisitCount

__all__ = [
    "Campaign",
    "CampaignPage",
    "FeaturedPage",
    "Metric",
    "Partner",
    "PlatformPost",
    "Post",
    "PostTarget",
    "PublishAttempt",
    "ShortUrl",
    "SocialAccount",
    "VisitCount",
]
