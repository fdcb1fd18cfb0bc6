"""One person's private facts. Every row has an owner, and the rooms never know each other."""
