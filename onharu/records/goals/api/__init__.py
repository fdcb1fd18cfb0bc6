"""Goals, daily targets and measurements over HTTP."""
