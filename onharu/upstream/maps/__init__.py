"""Maps and places of another company: the door. Without a key there is none, and the house draws its own."""
