"""The installable shell: manifest, worker, offline page."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from onharu.design import draw_icons, shell

pytestmark = pytest.mark.urls("onharu.design.tests.urls")


@pytest.fixture
def reader() -> Client:
    """Somebody who is not signed in."""
    return Client()


def test_the_manifest_names_the_product_and_its_start(reader):
    response = reader.get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    manifest = json.loads(response.content)
    assert manifest["short_name"] == "온하루"
    assert manifest["start_url"] == "/today/"
    assert manifest["display"] == "standalone"


def test_every_icon_of_the_manifest_exists_in_its_size(reader):
    manifest = json.loads(reader.get("/manifest.webmanifest").content)
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        path = finders.find(icon["src"].removeprefix("/static/"))
        with Image.open(path) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]


def test_the_committed_icons_are_what_the_script_draws(tmp_path, monkeypatch):
    committed = draw_icons.FOLDER
    monkeypatch.setattr(draw_icons, "FOLDER", tmp_path)
    draw_icons.main()
    for path in tmp_path.iterdir():
        with Image.open(path) as fresh, Image.open(committed / path.name) as kept:
            assert fresh.convert("RGBA").tobytes() == kept.convert("RGBA").tobytes()


def test_the_worker_is_asked_for_anew_each_time_and_rules_the_root(reader):
    response = reader.get("/sw.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert "no-cache" in response["Cache-Control"]
    assert shell.build_hash() in response.content.decode()


def test_every_file_that_the_worker_keeps_exists(reader):
    text = reader.get("/sw.js").content.decode()
    urls = json.loads(re.search(r"const SHELL = (\[.*?\]);", text, re.DOTALL)[1])
    assert len(urls) > 15
    for url in urls:
        assert finders.find(url.removeprefix("/static/")), url


def test_the_worker_keeps_no_page_but_the_offline_one(reader):
    text = reader.get("/sw.js").content.decode()
    assert "cache.put" not in text
    assert all(url.startswith("/static/") for url in shell.shell_urls())


def test_the_fingerprint_follows_the_files(tmp_path, monkeypatch):
    before = shell.build_hash()
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "one.css").write_text("a {}")
    monkeypatch.setattr(shell, "ROOM", tmp_path)
    monkeypatch.setattr(shell, "STATIC", tmp_path / "static")
    for cached in (shell.build_hash, shell.shell_files):
        cached.cache_clear()
    after = shell.build_hash()
    for cached in (shell.build_hash, shell.shell_files):
        cached.cache_clear()
    assert before != after


def test_the_offline_page_names_nobody(reader):
    page = reader.get("/offline/").content.decode()
    assert "다시 시도" in page
    assert "csrfmiddlewaretoken" not in page
    assert "X-CSRFToken" not in page


@pytest.mark.parametrize("path", ["/manifest.webmanifest", "/sw.js", "/offline/"])
def test_the_shell_only_answers_reads(reader, path):
    assert reader.post(path).status_code == 405
    assert reader.head(path).status_code == 200


@pytest.mark.urls("onharu.design.urls")
def test_the_gallery_is_not_there_in_production(reader):
    assert reader.get("/design/").status_code == 404


def test_pages_carry_a_policy_without_unsafe_words(reader):
    policy = reader.get("/design/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "'nonce-" in policy
