"""Jobs for tests of real workers: short leases and pauses, and effects that can be counted."""

LINES = "ONHARU_TOYS"
