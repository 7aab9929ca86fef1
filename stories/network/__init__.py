"""The people around a teller, drawn as a map: what is known of them, where each is placed, how it looks.

``choices`` and ``people`` say what a map is made of, ``measures`` and ``layout`` place it, ``drawing`` makes the SVG.
Layout and drawing exist twice, here and in ``static/stories/network``, where visitors draw their own: a test compares
what both make of the same people.
"""
