"""Taking a message down everywhere at once, with a ledger of what is gone and what a person has to do."""
