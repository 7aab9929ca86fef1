"""The calendar of campaign staff: what goes out when, where, and in which language; moved by drag, keyboard or form."""
