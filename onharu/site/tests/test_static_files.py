"""Static files are collected once for a code, wherever that was done."""

import shutil

import pytest
from django.core.management import call_command

from onharu.site import static_files


@pytest.fixture
def collected(settings, tmp_path, monkeypatch):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "onharu.site.static_files.Collected"}}
    source = tmp_path / "source"
    source.mkdir()
    (source / "page.css").write_text("a { color: red }" * 100)
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source]
    static_files.get_finders.__globals__["get_finder"].cache_clear()
    call_command("collect")
    yield source / "page.css"
    static_files.get_finders.__globals__["get_finder"].cache_clear()


def test_what_is_collected_is_squeezed_and_named_by_what_is_in_it(collected, settings):
    names = {path.name for path in settings.STATIC_ROOT.iterdir()}
    assert {"page.css", "page.css.gz", "staticfiles.json"} < names
    assert len([name for name in names if name.startswith("page.") and name.endswith(".css")]) == 2
    assert not [name for name in names if name.endswith(".br")]


def test_a_copy_of_the_same_code_needs_no_collecting(collected, settings):
    """As in an image: built in one place, copied with the times of its files cut off, served where nothing is written."""
    copied = collected.with_suffix(".copy")
    shutil.copy(collected, copied)
    collected.unlink()
    copied.rename(collected)
    assert static_files.static_is_current()
    kept = settings.STATIC_ROOT.stat().st_mtime_ns
    call_command("collect")
    assert settings.STATIC_ROOT.stat().st_mtime_ns == kept


def test_code_that_changed_is_collected_anew(collected, settings):
    collected.write_text("a { color: blue }" * 100)
    assert not static_files.static_is_current()
    call_command("collect")
    assert static_files.static_is_current()
    assert "blue" in (settings.STATIC_ROOT / "page.css").read_text()
