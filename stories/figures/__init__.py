"""What all stories say together, for professionals and policy: never about fewer than five of them."""
