from scripts import compile_messages


def test_every_compiled_catalogue_says_what_its_source_says():
    assert [path.name for path in compile_messages.stale()] == []


def test_a_catalogue_compiles_to_what_gettext_reads(tmp_path):
    import gettext

    source = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "밥 한 "
"공기"
msgstr "a bowl\\n"
"of rice"

msgctxt "birth year"
msgid "년"
msgstr "year"

msgid "%(n)s개"
msgid_plural "%(n)s개들"
msgstr[0] "one"
msgstr[1] "many"

#, fuzzy
msgid "몰라요"
msgstr "wrong"

msgid "비었어요"
msgstr ""
"""
    path = tmp_path / "django.mo"
    path.write_bytes(compile_messages.compiled(source))
    with path.open("rb") as file:
        found = gettext.GNUTranslations(file)
    assert found.gettext("밥 한 공기") == "a bowl\nof rice"
    assert found.pgettext("birth year", "년") == "year"
    assert [found.ngettext("%(n)s개", "%(n)s개들", count) for count in (1, 2)] == ["one", "many"]
    assert found.gettext("몰라요") == "몰라요"
    assert found.gettext("비었어요") == "비었어요"
