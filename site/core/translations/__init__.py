"""How a page gets from Dutch into the other languages. ``docs/translation.md`` tells the whole way.

``sending``   a page is sent to other languages, and its texts are updated from the source
``progress``  how many texts are translated, and which are missing
``drafts``    translated texts become a draft that is submitted, approved and published
``gate``      nothing goes online in another language before all of it is translated
``outdated``  the source has changed since
``overview``  every page in every language, for the report
``po``        translating outside of the site
``mail``      telling translators that there is work
"""

from .drafts import publish_translation, submit_for_approval
from .outdated import outdated_since, outdated_translations
from .overview import TranslationState, translation_states
from .progress import IncompleteTranslation, Progress, progress_of, source_locale, translation_of
from .sending import send_for_translation, update_from_source

__all__ = [
    "IncompleteTranslation",
    "Progress",
    "TranslationState",
    "outdated_since",
    "outdated_translations",
    "progress_of",
    "publish_translation",
    "send_for_translation",
    "source_locale",
    "submit_for_approval",
    "translation_of",
    "translation_states",
    "update_from_source",
]
