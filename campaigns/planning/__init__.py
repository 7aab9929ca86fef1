"""Planning many posts at once: pauses, what came too late, moving a whole campaign."""
