"""Forgetting a folder of files at home."""

import os

import pytest

from onharu.kernel import files


@pytest.fixture
def photo(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    path = tmp_path / "photos" / "7" / "a.jpg"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"a photograph")
    return path


def test_a_folder_is_forgotten_once_and_again(photo):
    for _ in range(2):
        files.forget_below("photos/7")
        assert not photo.parent.exists()
    assert photo.parent.parent.exists()


def test_a_file_that_cannot_be_deleted_is_not_taken_for_deleted(photo, monkeypatch):
    def refused(*_, **__):
        raise PermissionError

    monkeypatch.setattr(os, "unlink", refused)
    with pytest.raises(PermissionError):
        files.forget_below("photos/7")
    assert photo.exists()
