"""Quote cards: somebody's own words as a picture, in a campaign's colours."""
