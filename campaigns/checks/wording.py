"""Whether a text is in the language it says: a German text on a Dutch account is read by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import regex
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.findings import Finding
from campaigns.models.followups import texts_in
from support.choices import language_name

if TYPE_CHECKING:
    from campaigns.models import Post, PostTarget

KNOWN = ("nl", "de", "fr", "en")
name_of = lazy(language_name, str)
CERTAIN = 0.95
FEWEST_LETTERS = 25  # shorter texts are guessed by chance
NO_WORDS = regex.compile(r"https?://\S+|[#@]\w+|\{\w+:[^}]*\}|[^\p{L}\p{M}'’\s-]+")


def language_of(text: str) -> str | None:
    """nl, de, fr or en when the text is long enough and the answer certain enough, else None."""
    words = " ".join(NO_WORDS.sub(" ", text).split())
    if sum(letter.isalpha() for letter in words) < FEWEST_LETTERS:
        return None
    code, certainty = _identifier().classify(words)
    return code if certainty >= CERTAIN else None


def about_wording(post: Post, target: PostTarget | None = None) -> Iterator[Finding]:
    """A warning: a quotation, a dialect or a name may be what it is on purpose."""
    written = target or post
    found = language_of("\n".join([written.text, *texts_in(written.followups)]))
    if found is None or found == post.language:
        return
    message = _("This text looks like {found}, and the post is in {language}. Is that meant?")
    sentence = format_lazy(message, found=name_of(found), language=name_of(post.language))
    yield Finding("text", sentence, target, on_target=target is not None, is_error=False)


@cache
def _identifier() -> Any:
    """The model is read once, at the first question: it takes a moment."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(KNOWN))
    return identifier
