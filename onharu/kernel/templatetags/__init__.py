"""Filters of the kernel."""
