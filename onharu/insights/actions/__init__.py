"""Does: put a card away, bring it back, have a model say a day."""
