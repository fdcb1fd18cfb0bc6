"""What staff see of pharmacies."""

import pytest

from onharu.catalog.pharmacies.models import Pharmacy

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    return Pharmacy.objects.create(name="온하루약국", hpid="C1100000", phone="02-000-0000", source="시험")


@pytest.mark.parametrize(("word", "found"), [("온하루", True), ("C1100000", True), ("02-000", True), ("다른", False)])
def test_staff_find_a_pharmacy_by_name_key_and_phone(admin_client, row, word, found):
    page = admin_client.get("/admin/pharmacies/pharmacy/", {"q": word})
    assert page.status_code == 200
    assert (f"/admin/pharmacies/pharmacy/{row.pk}/change/" in page.content.decode()) is found


def test_staff_look_and_change_nothing(admin_client, row):
    address = f"/admin/pharmacies/pharmacy/{row.pk}/change/"
    assert "온하루약국" in admin_client.get(address).content.decode()
    assert admin_client.post(address, {"name": "바꾼 이름"}).status_code == 403
    assert admin_client.get("/admin/pharmacies/pharmacy/add/").status_code == 403
    assert Pharmacy.objects.get().name == "온하루약국"


def test_looking_costs_the_same_for_one_or_fifty(admin_client, row, django_assert_max_num_queries):
    Pharmacy.objects.bulk_create(Pharmacy(name=f"약국 {n}", source="시험") for n in range(50))
    with django_assert_max_num_queries(10):
        admin_client.get("/admin/pharmacies/pharmacy/")
