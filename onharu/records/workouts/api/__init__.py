"""The workouts room over HTTP: the only place of it that speaks DRF."""
