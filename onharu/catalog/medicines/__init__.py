"""What medicines are: products by item_seq, ingredients and salts, plain label sections, pills' looks, DUR rules.

This shelf keeps facts with their source and date. It refuses to know who takes what, and it never judges: it quotes.
"""
