from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Metric(models.Model):
    """One figure as a network told it, at one moment. Nothing is added up, renamed or filled in."""

    class Name(models.TextChoices):
        LIKES = "likes", _("Likes")
        REPOSTS = "reposts", _("Reposts")
        REPLIES = "replies", _("Replies")
        QUOTES = "quotes", _("Quotes")
        # As each network names them: two names are two figures, even where they sound alike.
        FAVOURITES_COUNT = "favourites_count", _("Favourites")
        REBLOGS_COUNT = "reblogs_count", _("Boosts")
        REPLIES_COUNT = "replies_count", _("Replies")
        VIEWS = "views", _("Views")
        REACH = "reach", _("People reached")
        COMMENTS = "comments", _("Comments")
        SAVED = "saved", _("Saved")
        SHARES = "shares", _("Shares")
        POST_MEDIA_VIEW = "post_media_view", _("Views")
        POST_TOTAL_MEDIA_VIEW_UNIQUE = "post_total_media_view_unique", _("People who viewed it")
        POST_CLICKS = "post_clicks", _("Clicks")
        IMPRESSION_COUNT = "impressionCount", _("Impressions")
        UNIQUE_IMPRESSIONS_COUNT = "uniqueImpressionsCount", _("People it was shown to")
        CLICK_COUNT = "clickCount", _("Clicks")
        LIKE_COUNT = "likeCount", _("Likes")
        COMMENT_COUNT = "commentCount", _("Comments")
        SHARE_COUNT = "shareCount", _("Shares")
        X_IMPRESSION_COUNT = "impression_count", _("Impressions")
        X_LIKE_COUNT = "like_count", _("Likes")
        X_REPLY_COUNT = "reply_count", _("Replies")
        X_REPOST_COUNT = "retweet_count", _("Reposts")
        X_QUOTE_COUNT = "quote_count", _("Quotes")
        X_BOOKMARK_COUNT = "bookmark_count", _("Bookmarks")

    platform_post = models.ForeignKey(
        "campaigns.PlatformPost", on_delete=models.CASCADE, related_name="metrics"
    )
    name = models.CharField(max_length=40)
    value = models.PositiveBigIntegerField()
    source = models.CharField(max_length=40)
    fetched_at = models.DateTimeField()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering: ClassVar[list[Any]] = ["fetched_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["platform_post", "name", "fetched_at"], name="campaigns_metric_once_a_moment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"
