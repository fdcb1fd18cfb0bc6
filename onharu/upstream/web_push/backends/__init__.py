"""Who hands messages to browsers: we ourselves, or nobody."""
