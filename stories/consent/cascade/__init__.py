"""Erasing a withdrawn story everywhere. ``docs/consent.md`` tells what goes where, and what stays.

``running``       takes a withdrawal through its steps, whatever interrupts it
``offline``       the first steps: nobody reads it any more
``texts``         drafts, translations, comments, log texts
``files``         pictures, recordings, documents
``restoring``     the same again, after a backup brought a story back
"""
