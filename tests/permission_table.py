"""Who may open what: the beginning of an address, and the groups it is open to. The longest beginning counts.

``site/drieklank/migrations`` gives the permissions; this table says what must come out of them.
"""

from __future__ import annotations

EDITORS = "Editors"
TRANSLATORS = "Translators"
MODERATORS = "Moderators"
CAMPAIGN_STAFF = "Campaign staff"
REVIEWERS = "Medical reviewers"
OFFICERS = "Consent officers"
ADMINISTRATORS = "administrators"

GROUPS = (EDITORS, TRANSLATORS, MODERATORS, CAMPAIGN_STAFF, REVIEWERS, OFFICERS)

CAMPAIGNS = {CAMPAIGN_STAFF, ADMINISTRATORS}
CONTENT = {EDITORS, MODERATORS, ADMINISTRATORS}
STAFF = {*GROUPS, ADMINISTRATORS}
LIBRARY = {EDITORS, TRANSLATORS, MODERATORS, CAMPAIGN_STAFF, ADMINISTRATORS}
LANGUAGES = {EDITORS, TRANSLATORS, MODERATORS, ADMINISTRATORS}
ADMINS = {ADMINISTRATORS}

OPEN_TO: dict[str, set[str]] = {
    "admin/campaigns/": CAMPAIGNS,
    # Whoever approves sees what is planned when, and may give it another time.
    "admin/campaigns/calendar/": {MODERATORS, *CAMPAIGNS},
    "admin/campaigns/calendar/move-draft/": CAMPAIGNS,
    "admin/campaigns/evergreen/": {MODERATORS, *CAMPAIGNS},
    "admin/campaigns/health/": {MODERATORS, *CAMPAIGNS},
    "admin/campaigns/planning/": {MODERATORS, *CAMPAIGNS},
    "admin/campaigns/planning/import/": CAMPAIGNS,
    "admin/campaigns/planning/series/": CAMPAIGNS,
    # Approving a message is the moderators' work too; so is stopping one.
    "admin/campaigns/posts/on-account/": {MODERATORS, *CAMPAIGNS},
    "admin/campaigns/posts/unpublish/": {MODERATORS, *CAMPAIGNS},
    "admin/campaigns/take-down/": {MODERATORS, *CAMPAIGNS},
    # Who told a story is nobody's business but the officers', administrators included.
    "admin/consents/": {OFFICERS},
    "admin/documents/chooser/": STAFF,
    "admin/documents/chooser/chosen/": LIBRARY,
    "admin/documents/chooser/create/": LIBRARY - {TRANSLATORS},
    "admin/factsheets/": STAFF,
    "admin/factsheets/reviews/<int:pk>/": CONTENT,
    "admin/images/chooser/": STAFF,
    "admin/images/chooser/<int:image_id>/select_format/": LIBRARY,
    "admin/images/chooser/chosen/": LIBRARY,
    "admin/images/chooser/create/": LIBRARY - {TRANSLATORS},
    "admin/localize/page/": STAFF,  # always refused, with a sentence
    "admin/localize/reports/": LANGUAGES,
    "admin/localize/submit/": CONTENT,
    "admin/localize/translate/": {TRANSLATORS, MODERATORS, ADMINISTRATORS},
    "admin/localize/update/": LANGUAGES,
    "admin/snippets/choose/": STAFF,
    "admin/snippets/choose/campaigns/post/create/": CAMPAIGNS,
    "admin/snippets/choose/factsheets/fact/create/": CONTENT,
    "admin/snippets/choose/stories/barrier/create/": CONTENT,
    "admin/snippets/choose/stories/theme/create/": CONTENT,
    "admin/snippets/factsheets/fact/": {REVIEWERS, *CONTENT},
    "admin/snippets/factsheets/fact/<list>": {REVIEWERS, *LANGUAGES},
    "admin/snippets/factsheets/fact/add/": CONTENT,
    "admin/snippets/factsheets/fact/copy/": CONTENT,
    "admin/snippets/factsheets/fact/delete/": CONTENT - {EDITORS},
    "admin/snippets/factsheets/fact/results/": {REVIEWERS, *LANGUAGES},
    "admin/snippets/stories/barrier/": CONTENT,
    "admin/snippets/stories/barrier/delete/": CONTENT - {EDITORS},
    "admin/snippets/stories/theme/": CONTENT,
    "admin/snippets/stories/theme/delete/": CONTENT - {EDITORS},
    # What people told of themselves: those who answer them, and nobody because of another right.
    "admin/submissions/": {MODERATORS},
    "admin/support/": CONTENT,
    "admin/support/choose-service/": STAFF,
    "admin/support/choose-service/create/": CONTENT,
    "admin/users/": ADMINS,
}

# For everybody: what a citizen reads, and what a private token in the address guards.
PUBLIC = (
    ".well-known/", "api/support/", "health", "nl/embed/", "nl/kit/", "nl/my-network/", "nl/my-story/", "nl/not-translated/",
    "nl/search/", "nl/sheets/", "nl/sign-off/", "nl/story-figures/", "nl/tell-your-story/", "robots.txt", "s/",
)  # fmt: skip

# Wagtail's own views below the edit view of a message, which ask for the same permissions.
WAGTAILS_OWN = ("/revisions/", "/workflow/", "/workflow_history/")


def open_to(route: str) -> set[str]:
    """The groups that ``route`` is open to. Raises ``LookupError`` for one that has no row."""
    exact = f"{route}<list>"
    if exact in OPEN_TO:
        return OPEN_TO[exact]
    fitting = [beginning for beginning in OPEN_TO if route.startswith(beginning)]
    if not fitting:
        raise LookupError(route)
    return OPEN_TO[max(fitting, key=len)]


def is_public(route: str) -> bool:
    return route.startswith(PUBLIC)
