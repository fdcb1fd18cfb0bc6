import time

import pytest

from onharu.catalog.foods.actions.imports import import_foods


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_dish_table_is_imported_within_seconds(real, capsys):
    before, burnt = time.perf_counter(), time.process_time()
    report = import_foods(path=real / "mfds_dishes_20250408.csv")
    took, burnt = time.perf_counter() - before, time.process_time() - burnt
    with capsys.disabled():
        print(f"\nimport: {report.new / took:,.0f} rows/s ({took:.2f} s, {burnt:.2f} s of CPU)")  # noqa: T201 a figure for whoever runs it
    # 3 s is the promise on a quiet machine of two cores (docs/performance.md); CPU time holds on a busy one too.
    assert burnt <= 6
