"""Partner kits: what a partner needs to tell a campaign on, on a page of its own behind a private link."""
