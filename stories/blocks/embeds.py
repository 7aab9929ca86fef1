"""Videos of other sites: read from the address alone, without asking that site anything.

A visitor sees a link and a button. Nothing of the other site is loaded before somebody presses the button, which
``static/stories/embed.js`` puts there; without JavaScript the link remains.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

YOUTUBE_FRAME = "https://www.youtube-nocookie.com"
VIMEO_FRAME = "https://player.vimeo.com"
FRAME_HOSTS = (YOUTUBE_FRAME, VIMEO_FRAME)

YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
VIMEO_ID = re.compile(r"[0-9]{5,12}")
VIMEO_KEY = re.compile(r"[0-9a-f]{6,20}")


@dataclass(frozen=True, slots=True)
class Embed:
    """One video elsewhere: its page there, and the address to open in a frame."""

    site: str
    page: str
    frame: str


def read_embed(address: str) -> Embed | None:
    """The video that ``address`` leads to; None when it is no address of a YouTube or Vimeo video."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None
    reader = READERS.get(host) if parts.scheme in ("http", "https") else None
    return reader([step for step in parts.path.split("/") if step], parse_qs(parts.query)) if reader else None


Query = dict[str, list[str]]


def _read_youtube(steps: list[str], query: Query) -> Embed | None:
    if steps == ["watch"]:
        return _youtube(query.get("v", [""])[0])
    return _youtube(steps[1]) if len(steps) == 2 and steps[0] in ("embed", "shorts", "live") else None


def _read_youtube_short(steps: list[str], query: Query) -> Embed | None:
    return _youtube(steps[0]) if len(steps) == 1 else None


def _read_vimeo(steps: list[str], query: Query) -> Embed | None:
    return _vimeo(steps, "")


def _read_vimeo_player(steps: list[str], query: Query) -> Embed | None:
    return _vimeo(steps[1:], query.get("h", [""])[0]) if steps[:1] == ["video"] else None


READERS: dict[str, Callable[[list[str], Query], Embed | None]] = {
    "youtube.com": _read_youtube,
    "youtube-nocookie.com": _read_youtube,
    "youtu.be": _read_youtube_short,
    "vimeo.com": _read_vimeo,
    "player.vimeo.com": _read_vimeo_player,
}


def _youtube(video: str) -> Embed | None:
    if not YOUTUBE_ID.fullmatch(video):
        return None
    return Embed("YouTube", f"https://www.youtube.com/watch?v={video}", f"{YOUTUBE_FRAME}/embed/{video}")


def _vimeo(steps: list[str], key: str) -> Embed | None:
    """An unlisted video has a key, as a second step of its address or as ``h``."""
    key = steps[1] if len(steps) == 2 else key
    if not steps or len(steps) > 2 or not VIMEO_ID.fullmatch(steps[0]):
        return None
    if key and not VIMEO_KEY.fullmatch(key):
        return None
    page = f"https://vimeo.com/{steps[0]}" + (f"/{key}" if key else "")
    frame = f"{VIMEO_FRAME}/video/{steps[0]}?dnt=1" + (f"&h={key}" if key else "")
    return Embed("Vimeo", page, frame)
