"""Blocks of info sheets, one theme a module; ``SheetBodyBlock`` brings them together."""

from .body import SheetBodyBlock
from .evidence import ChangesBlock, FundingBlock, PointsBlock, SentencesBlock, SourcesBlock

__all__ = ["ChangesBlock", "FundingBlock", "PointsBlock", "SentencesBlock", "SheetBodyBlock", "SourcesBlock"]
