"""The evergreen queue: approved posts that fill the free slots of an account, again and again, with rests between."""
