"""What is said is read back: random schedules through a Korean sentence and back; English with its plurals."""


from hypothesis import given, settings

from onharu.records.medication.rules.sentences.parsing import parse
from onharu.records.medication.rules.sentences.saying import say
from onharu.records.medication.tests.sentence_shapes import cases


@settings(max_examples=4000)
@given(cases())
def test_what_is_said_is_read_back_as_it_was(case):
    said = say(case.schedule, case.amount, case.unit, case.start, case.end, today=case.today)
    parsed = parse(said, today=case.today)
    assert parsed.schedule == case.schedule, said
    assert (parsed.amount, parsed.unit) == (case.amount, case.unit), said
    assert (parsed.start, parsed.end) == (case.start, case.expected_end), said
    assert (parsed.name, parsed.rest, parsed.doubts) == ("", "", ()), said
