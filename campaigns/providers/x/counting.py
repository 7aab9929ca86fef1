"""How long a text is on X: the weights of twitter-text, configuration v3.

https://github.com/twitter/twitter-text/blob/master/config/v3.json
"""

from __future__ import annotations

import unicodedata

import regex

from campaigns.providers.text import normalise

URL_WEIGHT = 23
LIGHT = ((0, 4_351), (8_192, 8_205), (8_208, 8_223), (8_242, 8_247))  # code points that weigh one
HEAVY_WEIGHT = 2  # everything else, and any emoji however it is made

# Names without https:// become links when they end in a top-level domain. Of the general ones, those in use here;
# two letters are a country's, and "name.de" alone is no link on X, "www.name.de" and "name.de/page" are.
GENERAL_ENDINGS = frozenset(
    [
        "com",
        "net",
        "org",
        "info",
        "biz",
        "edu",
        "gov",
        "int",
        "mil",
        "name",
        "pro",
        "app",
        "dev",
        "blog",
        "care",
        "health",
        "hospital",
        "doctor",
        "social",
        "online",
        "site",
        "website",
        "shop",
        "store",
        "news",
        "media",
        "community",
        "foundation",
        "ngo",
        "ong",
        "help",
        "support",
        "eus",
        "brussels",
        "vlaanderen",
        "gent",
        "koeln",
        "cologne",
        "ruhr",
        "nrw",
        "amsterdam",
        "frl",
        "berlin",
        "hamburg",
        "saarland",
        "paris",
        "swiss",
        "wien",
        "bzh",
        "alsace",
        "tech",
        "cloud",
        "live",
        "today",
        "world",
        "life",
        "one",
        "top",
        "xyz",
        "club",
        "page",
        "link",
        "design",
        "studio",
        "agency",
        "center",
        "city",
        "events",
        "fund",
        "team",
        "space",
    ]
)
SHORT_ENDINGS = frozenset({"co", "tv"})

_WITH_SCHEME = regex.compile(
    r"(?<![A-Za-z0-9@＠$#＃])https?://(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?\.)+\p{L}{2,}(?::\d+)?"
    r"(?:[/?][^\s<>\"“”«»]*)?",
    regex.IGNORECASE,
)
_WITHOUT_SCHEME = regex.compile(
    r"(?<![\p{L}\p{N}@＠$#＃_./-])((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,}))(?![\p{L}\p{N}@-]|\.[\p{L}\p{N}])(/[^\s<>\"“”«»]*)?",
    regex.IGNORECASE,
)
_BEHIND_LINK = ".,;:!?…'‘’\")]}"
_EMOJI = regex.compile(
    r"\p{Regional_Indicator}{2}"
    r"|[#*0-9]\ufe0f?\u20e3"
    r"|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic})(?:\ufe0f|\p{Emoji_Modifier})?(?:[\U000e0020-\U000e007e]+\U000e007f)?"
    r"(?:\u200d\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?)*"
)
# These are text unless a selector makes pictures of them.
_TEXT_BY_DEFAULT = regex.compile(r"[©®‼⁉™ℹ↔-↙↩↪☀-➿〰〽㊗㊙]")


def weigh(text: str) -> int:
    """The weighted length of ``text``."""
    sent = unicodedata.normalize("NFC", normalise(text))
    links = 0

    def link(match: regex.Match[str]) -> str:
        nonlocal links
        links += 1
        return match.group()[_end_of(match.group()) :]

    def bare(match: regex.Match[str]) -> str:
        return link(match) if _is_link(match) else match.group()

    rest = _WITHOUT_SCHEME.sub(bare, _WITH_SCHEME.sub(link, sent))
    emoji = 0

    def picture(match: regex.Match[str]) -> str:
        nonlocal emoji
        found = match.group()
        if len(found) == 1 and _TEXT_BY_DEFAULT.fullmatch(found) and not _is_picture(found):
            return found
        emoji += 1
        return ""

    rest = _EMOJI.sub(picture, rest)
    return links * URL_WEIGHT + emoji * HEAVY_WEIGHT + sum(_weight(ord(letter)) for letter in rest)


def _is_picture(letter: str) -> bool:
    return bool(regex.fullmatch(r"\p{Emoji_Presentation}", letter))


def _is_link(match: regex.Match[str]) -> bool:
    name, ending, path = match.group(1), match.group(2).lower(), match.group(3)
    if len(ending) > 2:
        return ending in GENERAL_ENDINGS
    return bool(path) or ending in SHORT_ENDINGS or name.count(".") > 1


def _end_of(address: str) -> int:
    """Where the link ends and the sentence's own marks begin; a bracket opened inside belongs to it."""
    end = len(address)
    while end and address[end - 1] in _BEHIND_LINK:
        if address[end - 1] == ")" and address.count("(", 0, end) >= address.count(")", 0, end):
            break
        end -= 1
    return end


def _weight(point: int) -> int:
    return 1 if any(first <= point <= last for first, last in LIGHT) else HEAVY_WEIGHT
