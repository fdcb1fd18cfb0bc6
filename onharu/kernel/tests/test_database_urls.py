"""What libpq is told of a DATABASE_URL."""

from onharu.kernel.database_urls import in_libpqs_words


def test_what_is_djangos_own_stays_with_django_and_the_rest_is_told():
    url = "postgresql://onharu:p%2Fw@db.example:6432/day?pool=true&sslmode=require&options=-c%20search_path%3Ddiary"
    assert in_libpqs_words(url) == {
        "host": "db.example", "port": 6432, "user": "onharu", "password": "p/w", "dbname": "day",
        "sslmode": "require", "options": "-c search_path=diary",
    }  # fmt: skip


def test_what_is_not_said_is_left_to_the_server():
    assert in_libpqs_words("postgresql:///day") == {"dbname": "day"}
