"""What can be done with workouts: plan, change, complete, skip, swap, copy, log, import, and take back."""
