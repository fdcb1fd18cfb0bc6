"""Sums of the rights: what an archive is called and holds, cells that no program runs, and FHIR. Plain Python."""
