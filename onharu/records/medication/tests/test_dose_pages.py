"""The page of a day's doses."""

import pytest

pytestmark = pytest.mark.django_db
PAGES = ("/medicines/doses/", "/medicines/doses/part/", "/medicines/doses/now/", "/medicines/regimens/", "/medicines/regimens/new/",
         "/medicines/history/", "/medicines/adherence/", "/medicines/adherence/?view=table", "/medicines/routine/", "/medicines/")


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_there(browser, noon, path):
    answer = browser.get(path)
    assert answer.status_code == 200


def test_a_form(browser, noon):
    r = browser.post("/medicines/regimens/new/", {"form": "1", "sentence": "하루정 아침저녁 식후 30분 1정씩 7일", "act": "read", "key": "a"})
    html = r.content.decode()
    open("/tmp/f5/form.html", "w").write(html)
    assert r.status_code == 200
    i = html.index('id="told"')
    print(html[i-100:i+800])
