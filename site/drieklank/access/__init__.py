"""Who may come in, how they prove it, and what is written down about it."""
