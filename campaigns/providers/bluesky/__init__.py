from campaigns.providers.bluesky.provider import BlueskyProvider

__all__ = ["BlueskyProvider"]
