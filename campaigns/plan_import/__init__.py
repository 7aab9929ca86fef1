"""A plan from a spreadsheet: read, shown with what is wrong in each line, and made into drafts only when confirmed."""
