"""What can be asked of one's medicines; values that do not change, and lists."""
