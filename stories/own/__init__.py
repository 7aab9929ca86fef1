"""A visitor's own network map. It is drawn in the browser and never comes here: see ``static/stories/own``."""
