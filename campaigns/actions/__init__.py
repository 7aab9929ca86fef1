"""What happens to posts: one verb a function. Views and tasks call these and hold no rules of their own."""

from .announcing import (
    Announcement,
    announce_page,
    announced_just_now,
    draft_about,
    fill_from_page,
    website_accounts,
)
from .by_hand import note_published, note_reach
from .claiming import claim_platform_post, reap_abandoned_posts
from .connecting import OtherAccount, connect_account, reconnect_account, tend_accounts
from .erasing import recall_pages, recall_withdrawn_posts, traces_of
from .measuring import fetch_account_metrics, next_measurement
from .publishing import (
    publish_in_turn,
    publish_platform_post,
    reconcile_platform_post,
)
from .removing import note_removal, remove_platform_post, request_removal
from .scheduling import (
    cancel_platform_post,
    cancel_posts_of_page,
    pause_account,
    plan_again,
    resume_account,
    schedule_post,
    sign_in_account,
    wake_posts_of_page,
)

__all__ = [
    "Announcement",
    "OtherAccount",
    "announce_page",
    "announced_just_now",
    "cancel_platform_post",
    "cancel_posts_of_page",
    "claim_platform_post",
    "connect_account",
    "draft_about",
    "fetch_account_metrics",
    "fill_from_page",
    "next_measurement",
    "note_published",
    "note_reach",
    "note_removal",
    "pause_account",
    "plan_again",
    "publish_in_turn",
    "publish_platform_post",
    "reap_abandoned_posts",
    "recall_pages",
    "recall_withdrawn_posts",
    "reconcile_platform_post",
    "reconnect_account",
    "remove_platform_post",
    "request_removal",
    "resume_account",
    "schedule_post",
    "sign_in_account",
    "tend_accounts",
    "traces_of",
    "wake_posts_of_page",
    "website_accounts",
]
