"""Where a form goes on: on this host by a path, and nowhere else."""

import pytest
from django.test import RequestFactory

from onharu.kernel.onward import own_path


@pytest.fixture
def asked():
    return RequestFactory().post("/x/", headers={"Host": "testserver"})


@pytest.mark.parametrize("wish", ["/today/", "/meals/?q=%3Cb%3E", "/me/#places"])
def test_a_path_of_this_host_is_believed(asked, wish):
    assert own_path(asked, wish, "/here/") == wish


@pytest.mark.parametrize(
    "wish",
    ["", "today", "~{x}", "openapi", "//elsewhere.example/", "/\\elsewhere.example", "https://elsewhere.example/",
     "javascript:x()", " /today/", "\t//elsewhere.example", "///elsewhere.example"],
)  # fmt: skip
def test_anything_else_stays_here(asked, wish):
    assert own_path(asked, wish, "/here/") == "/here/"


@pytest.mark.django_db
@pytest.mark.parametrize("wish", ["~{x}", "openapi", "//elsewhere.example/"])
def test_a_form_that_names_no_path_goes_to_its_own_page(browser, wish):
    made = browser.post("/medicines/regimens/", {}).status_code
    answer = browser.post("/language/", {"language": "ko", "next": wish})
    assert (made, answer.status_code, answer["Location"]) == (405, 302, "/")
