"""A campaign's pages for citizens: its landing page and the pages below it."""
