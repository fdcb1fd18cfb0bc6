"""The food shelf over HTTP."""
