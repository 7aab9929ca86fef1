"""Blocks of the stories. One theme a module; ``StoryBodyBlock`` brings them together."""

from .body import StoryBodyBlock
from .lists import PointsBlock

__all__ = ["PointsBlock", "StoryBodyBlock"]
