"""Blocks that every kind of page shares. One theme a module; ``BodyBlock`` brings them together."""

from .body import BodyBlock

__all__ = ["BodyBlock"]
