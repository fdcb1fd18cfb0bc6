"""When medicines are due: one grammar of schedules, a planner over it, what may be taken when needed. Plain Python."""
