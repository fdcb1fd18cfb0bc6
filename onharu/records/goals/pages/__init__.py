"""The pages of goals: what is aimed at, measuring, and where measurements go."""
