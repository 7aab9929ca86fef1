"""One rule a module: each knows its reason, and when it stops publishing."""

from collections.abc import Callable, Iterator

from core.safe_messaging.findings import Finding
from core.safe_messaging.matching import Text

from .invisible import find_invisible_signs
from .method import find_methods
from .note import find_notes
from .place import find_places
from .prominence import find_in_prominent_places
from .single_cause import find_single_causes
from .success import find_success
from .wrong_terms import find_wrong_terms

Rule = Callable[[Text], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    find_wrong_terms,
    find_success,
    find_methods,
    find_places,
    find_notes,
    find_single_causes,
    find_in_prominent_places,
    find_invisible_signs,
)
"""In the order editors read them."""
