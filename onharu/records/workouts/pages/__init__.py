"""The 운동 pages: today's plan with its sets, a rest timer, the week, what was done, and how one wants to move."""
