"""Benchmarks that anybody can run: `make bench`, and one module a room."""
