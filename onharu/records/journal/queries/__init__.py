"""What can be asked of the journal; values that do not change, and lists."""
