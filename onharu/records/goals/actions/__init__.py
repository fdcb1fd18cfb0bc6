"""What is done with goals: measuring, setting targets, aiming further, letting go of what was deleted."""
