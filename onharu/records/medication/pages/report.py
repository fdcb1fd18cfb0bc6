"""What is taken to the doctor: a page of paper and the whole ledger, made when asked for and kept nowhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from onharu.accounts.public import signed_in, visit_of
from onharu.records.medication.queries import printing


@signed_in
@require_safe
def paper(request: HttpRequest) -> HttpResponseBase:
    """Answer with the page for the doctor, as a PDF."""
    return printing.paper(visit_of(request), request.GET.dict())


@signed_in
@require_safe
def ledger(request: HttpRequest) -> HttpResponseBase:
    """Answer with the ledger, as CSV."""
    return printing.sheet(visit_of(request), request.GET.dict())
