"""Sentences of doctors, pharmacists and patients: read into a schedule, and a schedule said back. Plain Python."""
