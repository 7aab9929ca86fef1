"""Single checks of a post before approval, each in a module of its own. ``campaigns.checking`` asks them all."""

from .links import broken_link
from .repeating import about_repetition
from .using import about_network_use
from .wording import about_wording

__all__ = ["about_network_use", "about_repetition", "about_wording", "broken_link"]
