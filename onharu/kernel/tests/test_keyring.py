import stat

import pytest

from onharu.kernel import keyring
from onharu.kernel.keyring import Keyring, KeysRefused, fresh_key, fresh_ring, read_file, read_text


def test_a_ring_is_written_as_it_is_read():
    ring = fresh_ring().with_key(fresh_key(keyring.OPENS)).with_key(fresh_key(keyring.RETIRED))
    assert read_text(ring.as_text()) == ring


def test_a_ring_in_a_variable_may_stand_on_one_line():
    ring = fresh_ring()
    lines = [line for line in ring.as_text().splitlines() if not line.startswith("#")]
    assert read_text(" , ".join(lines)) == ring


def test_what_opens_begins_with_the_key_that_seals_and_leaves_the_retired_out():
    old, new, gone = fresh_key(keyring.OPENS), fresh_key(keyring.SEALS), fresh_key(keyring.RETIRED)
    ring = Keyring((old, new, gone, fresh_key(keyring.INDEX)))
    assert ring.opening == (new, old)


def test_a_key_tells_nothing_of_its_secret_when_it_is_shown():
    key = fresh_key(keyring.SEALS)
    assert repr(key) == f"Key(seals {key.name})"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "exactly one line that seals"),
        ("seals k1 AAAA", "k1 is damaged"),
        ("seals k1 not-base64!", "k1 is damaged"),
        ("opens", "is not of the form"),
        ("burns k1 AAAA", "is not of the form"),
        ("seals K.1 AAAA", "is not of the form"),
    ],
)
def test_a_ring_that_cannot_be_is_refused_in_one_sentence(text, sentence):
    with pytest.raises(KeysRefused, match=sentence) as refused:
        read_text(text)
    assert "AAAA" not in str(refused.value)


def test_two_keys_cannot_both_seal_and_no_name_stands_twice():
    ring = fresh_ring()
    with pytest.raises(KeysRefused):
        ring.with_key(fresh_key(keyring.SEALS))
    with pytest.raises(KeysRefused):
        ring.with_key(keyring.Key(keyring.OPENS, ring.keys[0].name, b"0" * 32))


def test_a_file_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "field.keys"
    keyring.make_file(path)
    first = path.read_text()
    keyring.make_file(path)
    assert path.read_text() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_everybody_reads_is_refused(tmp_path):
    path = tmp_path / "field.keys"
    keyring.make_file(path)
    path.chmod(0o604)
    with pytest.raises(KeysRefused, match="chmod 600"):
        read_file(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(KeysRefused, match="from your backup"):
        read_file(tmp_path / "field.keys")


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "field.keys"
    path.write_bytes(b"\xff\xfe")
    path.chmod(0o600)
    with pytest.raises(KeysRefused, match="cannot be read"):
        read_file(path)


def test_a_file_is_replaced_whole_and_stays_its_owners(tmp_path):
    path = tmp_path / "field.keys"
    keyring.make_file(path)
    ring = read_file(path).with_key(fresh_key(keyring.NEXT))
    keyring.replace_file(path, ring)
    assert read_file(path) == ring
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["field.keys"]
