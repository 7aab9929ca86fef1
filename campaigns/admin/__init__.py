"""What campaign staff see and press in the Wagtail admin. Rules live in ``campaigns.actions`` and ``campaigns.checking``."""
