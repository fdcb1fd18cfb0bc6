"""The meals room's HTML: the diary, the sheet that adds, the sheet that corrects, photographs."""
