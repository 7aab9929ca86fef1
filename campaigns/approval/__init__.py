"""Approval in steps, each campaign with its own, and sign-off by people outside through a private link."""
