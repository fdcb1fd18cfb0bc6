"""The rights over HTTP: one's archive, leaving, and receipts."""
