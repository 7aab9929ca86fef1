"""Texts of libraries that their own catalogues lack in Dutch, German or French, and that people here get to see.

Never imported: ``make messages`` reads it, so that ``locale/`` holds them. A catalogue of the project wins over
those of libraries. ``tests/test_messages.py`` says which are missing after an update.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext

# Django
ngettext(
    "This password is too short. It must contain at least %d character.",
    "This password is too short. It must contain at least %d characters.",
    1,
)

# django-filter
_("Select a lookup.")
_("is null")

# django-taggit
_("tag")

# wagtail-localize: languages of the site
_("Add a locale")
_("Add locale")
_("Are you sure you want to delete this locale?")
_("Delete locale")
_("Locale '{0}' created.")
_("Locale '{0}' deleted.")
_("Locale '{0}' updated.")
_("Select a new language")
_("The locale could not be saved due to errors.")
_("This locale cannot be deleted because there are pages and/or other objects using it.")
_("This locale's current language code is not supported. Please choose a new language or delete this locale.")
_("This locale's language code is not supported")
_(
    "Choose a locale to synchronise content from. Any existing and future content authored in the selected locale "
    "will be automatically copied to this one."
)
_("Synchronise content from another locale")
_("This locale cannot be synced into itself.")

# wagtail-localize: translating a page
_("Apply machine translations to the incoming changes.")
_(
    "Apply the updates and publish immediately. The changes will use the original language until translated "
    'unless you also select "Use machine translation".'
)
_("Apply the updates and publish immediately. The changes will use the original language until translated.")
_("Editing %(object_type)s %(title)s")
_("No translations found.")
_("Source")
_("Source title")
_("Start Synced translation")
_("Target")
_(
    "The data model for '{model_name}' has been changed since the last translation sync. If any new fields have been "
    "added recently, these may not be visible until the next translation sync."
)
_("Translation of %(instance)s into %(locale)s")
_("Translations")
_("Unrecognised id found in an <a> tag: {}")
_("Use machine translation")

# wagtail-localize: turning a translation back into a copy of its source
_(
    "Are you sure you want to convert this page into an alias? This will overwrite the content of the page with the "
    "content of '%(source_page_title)s' (%(source_page_locale)s)"
)
_("Convert page to alias")
_("Convert to alias")
_("Convert to alias %(title)s")
_("Convert to alias page")
_("Converted page '%(title)s' to an alias of the translation source page '%(source_title)s'")
_("Converted page to an alias of the translation source page")
_("No, leave it as a page")
_("Page '{}' has been converted into an alias.")
_(
    "This page hasn't been translated yet. It is mirroring the "
    '<a href="%(edit_original_page_url)s" target="_blank">%(original_locale)s page</a>.'
)
