"""What of workouts can be asked: days, plans, tasks, logs, records, weeks and what the planner is asked with."""
