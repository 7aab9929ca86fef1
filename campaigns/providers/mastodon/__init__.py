from .provider import MastodonProvider

__all__ = ["MastodonProvider"]
