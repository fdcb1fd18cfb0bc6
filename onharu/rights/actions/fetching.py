"""Handing an archive to its person, as a file to keep that no cache keeps."""

from __future__ import annotations

from django.http import FileResponse, HttpResponseBase, HttpResponseRedirect

from onharu.kernel import access, files
from onharu.kernel.problems import Missing
from onharu.rights.models import Export

ZIP = "application/zip"


def fetched(export: Export) -> HttpResponseBase:
    """Send an archive that is ready, or its person to the bucket that has it, and note that it went. Raises Missing."""
    name = export.file.name or ""
    if export.state != Export.State.READY or not export.file.storage.exists(name):
        raise Missing
    access.done(access.Kind.EXPORT, whose=export.owner_id)
    kept_as = f"onharu-{export.asked_at.date().isoformat()}.zip"
    response: HttpResponseBase
    if link := files.link_to(export.file.storage, name, content_type=ZIP, filename=kept_as):
        response = HttpResponseRedirect(link)
    else:
        response = FileResponse(export.file.open("rb"), as_attachment=True, filename=kept_as, content_type=ZIP)
    response["Cache-Control"] = "no-store"
    return response
