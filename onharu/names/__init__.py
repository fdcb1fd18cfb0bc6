"""Search over names, Korean first. It knows strings and weights; it refuses to know what they name."""
