"""Facts about the world, the same for everybody. No row here has an owner."""
