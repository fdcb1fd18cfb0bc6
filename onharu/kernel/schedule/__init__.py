"""The schedule of periodic jobs as rows that staff may change (django-celery-beat); only where `ONHARU_JOBS=celery`.

Its tables exist from the first migration in that mode on. Without it nobody reads them, and the periods that the jobs
themselves name hold again.
"""
