from .provider import XProvider

__all__ = ["XProvider"]
