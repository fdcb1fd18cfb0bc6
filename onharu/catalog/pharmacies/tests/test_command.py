"""`onharu import pharmacies FILE` says what came of it, in words."""

import io

import pytest
from django.core.management import CommandError, call_command

from onharu.catalog.pharmacies.models import Pharmacy
from onharu.catalog.pharmacies.tests.lists import hira_file, nmc_file, nmc_line

pytestmark = pytest.mark.django_db


def said(path):
    out = io.StringIO()
    call_command("import", "pharmacies", str(path), stdout=out, verbosity=0)
    return out.getvalue()


def test_it_tells_counts_how_lists_met_and_what_was_left_out(tmp_path):
    assert "새로 1 · 바뀜 0 · 그대로 0" in said(hira_file(tmp_path))
    words = said(nmc_file(tmp_path, nmc_line(hours=[("960", "1800")]), nmc_line("X")))
    assert "국립중앙의료원" in words
    assert "새로 1" in words
    assert "거절 1" in words
    assert "병합 1 · 모호 0 · 홀로 0 · 겹침 0" in words
    assert "2번째 줄 100세건강약국: 월요일 960–1800" in words
    assert "3번째 줄 100세건강약국: 약국ID는" in words


def test_a_file_that_is_no_list_ends_with_an_error_and_nothing_written(tmp_path):
    path = tmp_path / "page.csv"
    path.write_text("<html>Forbidden</html>", encoding="utf-8")
    with pytest.raises(CommandError, match="모르는 표"):
        said(path)
    assert not Pharmacy.objects.exists()
