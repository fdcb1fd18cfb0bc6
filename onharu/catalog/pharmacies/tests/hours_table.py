"""What pharmacies of many kinds of hours are at many instants: written by hand from a calendar, never computed.

Weeks: the hours of Monday to Friday, Saturday, Sunday and public holidays; "-" closed, "?" not known. Rows: week, when
in Seoul, state, when it closes, when it opens next ("-" none), and why the row is there. Monday 2026-11-30 is a
temporary holiday that staff have added.
"""

from onharu.catalog.pharmacies.rules.hours import read

TEMPORARY = "2026-11-30"

WEEKS = {
    "office": ["0900-1900"] * 5 + ["0900-1400", "-", "-"],
    "unsaid": ["0900-1900"] * 5 + ["0900-1400", "?", "?"],
    "daily": ["0900-2100"] * 7 + ["1000-1700"],
    "always": ["0000-2400"] * 8,
    "always?": ["0000-2400"] * 7 + ["?"],
    "always-": ["0000-2400"] * 7 + ["-"],
    "from one": ["0100-2500"] * 8,
    "late": ["1400-2600"] * 6 + ["1800-2400", "1000-1700"],
    "night": ["2200-0100"] * 7 + ["-"],
    "till 24": ["0900-2400"] * 7 + ["?"],
    "half past": ["0900-2100"] * 5 + ["0900-2430", "-", "-"],
    "three": ["0900-2700"] * 8,
    "owl": ["2000-0800"] * 8,
    "lunch": ["0900-1300 1400-1900"] * 5 + ["0900-1300", "-", "-"],
    "relay": ["0800-2400", "0000-1200"] + ["-"] * 6,
    "holidays": ["?"] * 7 + ["1000-1600"],
    "junk": ["0960-9960"] + ["0900-1800"] * 4 + ["?", "?", "?"],
    "lost zeros": ["900-1900", "30-600", "830-0", "900.0-1900.0", " 900 - 30 "] + ["?"] * 3,
    "mondays": ["0900-1000"] + ["-"] * 7,
    "nothing": ["-"] * 8,
}

TABLE = """
office     | 2026-11-23 08:59 | closed  | -                | 2026-11-23 09:00 | a minute before opening
office     | 2026-11-23 09:00 | open    | 2026-11-23 19:00 | -                | the minute of opening
office     | 2026-11-23 18:59 | open    | 2026-11-23 19:00 | -                | the last minute
office     | 2026-11-23 19:00 | closed  | -                | 2026-11-24 09:00 | the minute of closing
office     | 2026-11-24 00:00 | closed  | -                | 2026-11-24 09:00 | midnight
office     | 2026-11-23 23:59 | closed  | -                | 2026-11-24 09:00 | the minute before midnight
office     | 2026-11-28 13:59 | open    | 2026-11-28 14:00 | -                | Saturday has its own hours
office     | 2026-11-28 14:00 | closed  | -                | 2026-12-01 09:00 | over a Sunday and a temporary holiday
office     | 2026-11-29 12:00 | closed  | -                | 2026-12-01 09:00 | a Sunday said to be closed is closed
office     | 2026-11-30 12:00 | closed  | -                | 2026-12-01 09:00 | a temporary holiday takes no Monday hours
office     | 2026-12-25 12:00 | closed  | -                | 2026-12-26 09:00 | Christmas on a Friday
office     | 2026-12-24 19:30 | closed  | -                | 2026-12-26 09:00 | the evening before Christmas
office     | 2026-02-14 15:00 | closed  | -                | 2026-02-19 09:00 | over Sunday and three days of 설날
office     | 2026-02-18 10:00 | closed  | -                | 2026-02-19 09:00 | the last day of 설날
office     | 2026-03-01 10:00 | closed  | -                | 2026-03-03 09:00 | 삼일절 on a Sunday, its substitute on Monday
office     | 2026-03-02 10:00 | closed  | -                | 2026-03-03 09:00 | the substitute of 삼일절
office     | 2026-05-25 10:00 | closed  | -                | 2026-05-26 09:00 | the substitute of 부처님오신날
office     | 2026-08-17 10:00 | closed  | -                | 2026-08-18 09:00 | the substitute of 광복절
office     | 2026-10-05 10:00 | closed  | -                | 2026-10-06 09:00 | the substitute of 개천절
office     | 2026-06-03 10:00 | closed  | -                | 2026-06-04 09:00 | a day of elections
office     | 2026-12-31 20:00 | closed  | -                | 2027-01-02 09:00 | over the end of the year and New Year's Day
office     | 2027-01-01 00:00 | closed  | -                | 2027-01-02 09:00 | the first minute of a year
office     | 2028-02-28 20:00 | closed  | -                | 2028-02-29 09:00 | into a leap day
office     | 2028-02-29 18:00 | open    | 2028-02-29 19:00 | -                | on a leap day
office     | 2028-02-29 19:00 | closed  | -                | 2028-03-02 09:00 | from a leap day over 삼일절
unsaid     | 2026-11-22 12:00 | unknown | -                | 2026-11-23 09:00 | a Sunday of which nobody said anything
unsaid     | 2026-11-28 14:00 | closed  | -                | 2026-12-01 09:00 | unknown days are passed over
unsaid     | 2026-11-30 12:00 | unknown | -                | 2026-12-01 09:00 | Monday's hours are not a holiday's
unsaid     | 2026-12-25 12:00 | unknown | -                | 2026-12-26 09:00 | an unknown holiday is not closed
unsaid     | 2026-03-02 12:00 | unknown | -                | 2026-03-03 09:00 | an unknown substitute is not closed
unsaid     | 2026-09-23 20:00 | closed  | -                | 2026-09-28 09:00 | over 추석, Saturday being a holiday, and Sunday
daily      | 2026-12-25 09:30 | closed  | -                | 2026-12-25 10:00 | holidays open later
daily      | 2026-12-25 10:00 | open    | 2026-12-25 17:00 | -                | and close earlier
daily      | 2026-12-25 18:00 | closed  | -                | 2026-12-26 09:00 | than Fridays
daily      | 2026-05-24 18:00 | closed  | -                | 2026-05-25 10:00 | a holiday on a Sunday is a holiday
daily      | 2026-11-22 18:00 | open    | 2026-11-22 21:00 | -                | a plain Sunday is none
daily      | 2026-11-30 09:30 | closed  | -                | 2026-11-30 10:00 | a temporary holiday
daily      | 2028-10-03 16:59 | open    | 2028-10-03 17:00 | -                | 개천절 and 추석 on one day
always     | 2026-11-23 00:00 | open    | -                | -                | round the clock at midnight
always     | 2026-11-23 03:00 | open    | -                | -                | at night
always     | 2026-12-24 23:59 | open    | -                | -                | before a holiday
always     | 2026-12-25 12:00 | open    | -                | -                | on a holiday
always?    | 2026-11-24 12:00 | open    | -                | -                | 24 hours that run into an unknown holiday
always?    | 2026-12-24 23:59 | open    | -                | -                | do not say that it closes then
always?    | 2026-12-25 00:00 | unknown | -                | 2026-12-26 00:00 | though nobody knows of the holiday
always?    | 2026-09-25 12:00 | unknown | -                | 2026-09-27 00:00 | nor of 추석
always-    | 2026-12-24 12:00 | open    | 2026-12-25 00:00 | -                | 24 hours before a holiday that is closed
always-    | 2026-12-25 12:00 | closed  | -                | 2026-12-26 00:00 | and on it
always-    | 2026-11-02 12:00 | open    | -                | -                | no holiday in the eight days ahead
from one   | 2026-11-23 00:30 | open    | -                | -                | 24 hours from one o'clock, joined
from one   | 2026-11-23 01:00 | open    | -                | -                | where one day takes over from the other
from one   | 2026-12-25 00:59 | open    | -                | -                | also into a holiday
late       | 2026-11-24 13:59 | closed  | -                | 2026-11-24 14:00 | opens in the afternoon
late       | 2026-11-24 23:59 | open    | 2026-11-25 02:00 | -                | 2600 is two o'clock
late       | 2026-11-25 01:59 | open    | 2026-11-25 02:00 | -                | of the next day
late       | 2026-11-25 02:00 | closed  | -                | 2026-11-25 14:00 | and then it is closed
late       | 2026-11-22 01:00 | open    | 2026-11-22 02:00 | -                | Saturday spills into Sunday
late       | 2026-11-22 18:00 | open    | 2026-11-23 00:00 | -                | 2400 is midnight
late       | 2026-11-23 00:00 | closed  | -                | 2026-11-23 14:00 | and Sunday spills no further
late       | 2026-12-25 01:30 | open    | 2026-12-25 02:00 | -                | the evening before spills into a holiday
late       | 2026-12-25 02:00 | closed  | -                | 2026-12-25 10:00 | which then keeps its own hours
late       | 2026-12-26 01:00 | closed  | -                | 2026-12-26 14:00 | and spills nothing, though a Friday would
late       | 2027-01-01 00:30 | open    | 2027-01-01 02:00 | -                | the last evening of a year
late       | 2028-02-29 00:30 | open    | 2028-02-29 02:00 | -                | into a leap day
late       | 2028-03-01 00:30 | open    | 2028-03-01 02:00 | -                | out of a leap day
late       | 2026-11-30 00:30 | closed  | -                | 2026-11-30 10:00 | Sunday before the temporary holiday ends at 2400
night      | 2026-11-23 21:59 | closed  | -                | 2026-11-23 22:00 | before a night
night      | 2026-11-23 22:00 | open    | 2026-11-24 01:00 | -                | closing before opening is the next day
night      | 2026-11-24 00:59 | open    | 2026-11-24 01:00 | -                | the spilled hour
night      | 2026-11-24 01:00 | closed  | -                | 2026-11-24 22:00 | and its end
night      | 2026-12-25 00:30 | open    | 2026-12-25 01:00 | -                | spills into a closed holiday
night      | 2026-12-25 23:00 | closed  | -                | 2026-12-26 22:00 | which has no night of its own
night      | 2026-12-26 00:30 | closed  | -                | 2026-12-26 22:00 | and so spills nothing
till 24    | 2026-11-24 23:59 | open    | 2026-11-25 00:00 | -                | until midnight
till 24    | 2026-11-25 00:00 | closed  | -                | 2026-11-25 09:00 | not a minute longer
till 24    | 2026-12-24 23:59 | open    | 2026-12-25 00:00 | -                | said to close, whatever the holiday is
till 24    | 2026-12-25 00:00 | unknown | -                | 2026-12-26 09:00 | of which nobody knows
half past  | 2026-11-29 00:29 | open    | 2026-11-29 00:30 | -                | 2430 of Saturday on a closed Sunday
half past  | 2026-11-29 00:30 | closed  | -                | 2026-12-01 09:00 | its end
half past  | 2026-08-16 00:15 | closed  | -                | 2026-08-18 09:00 | Saturday was 광복절: it spills nothing
three      | 2026-11-24 02:59 | open    | 2026-11-24 03:00 | -                | 2700 is three o'clock
three      | 2026-11-24 03:00 | closed  | -                | 2026-11-24 09:00 | its end
three      | 2026-12-26 02:00 | open    | 2026-12-26 03:00 | -                | a holiday's own evening spills too
owl        | 2026-11-24 07:59 | open    | 2026-11-24 08:00 | -                | until the morning
owl        | 2026-11-24 12:00 | closed  | -                | 2026-11-24 20:00 | closed by day
lunch      | 2026-11-24 12:59 | open    | 2026-11-24 13:00 | -                | before lunch
lunch      | 2026-11-24 13:00 | closed  | -                | 2026-11-24 14:00 | at lunch
lunch      | 2026-11-24 14:00 | open    | 2026-11-24 19:00 | -                | after lunch
lunch      | 2026-11-28 13:30 | closed  | -                | 2026-12-01 09:00 | no afternoon on Saturday
relay      | 2026-11-23 23:00 | open    | 2026-11-24 12:00 | -                | days that touch at midnight are one
relay      | 2026-11-24 00:00 | open    | 2026-11-24 12:00 | -                | also at midnight itself
relay      | 2026-11-24 12:00 | closed  | -                | 2026-12-01 00:00 | next Monday is a holiday, Tuesday is not
holidays   | 2026-11-24 12:00 | unknown | -                | 2026-11-30 10:00 | known on holidays only
holidays   | 2026-11-30 12:00 | open    | 2026-11-30 16:00 | -                | a temporary one too
holidays   | 2026-11-10 12:00 | unknown | -                | -                | no known day within eight
holidays   | 2026-02-16 17:00 | closed  | -                | 2026-02-17 10:00 | from holiday to holiday
junk       | 2026-11-23 12:00 | unknown | -                | 2026-11-24 09:00 | hours that are no hours are not known
junk       | 2026-11-27 18:00 | closed  | -                | 2026-12-01 09:00 | from a known day over unknown ones
lost zeros | 2026-11-23 09:00 | open    | 2026-11-23 19:00 | -                | 900 is 09:00
lost zeros | 2026-11-24 00:30 | open    | 2026-11-24 06:00 | -                | 30 is 00:30
lost zeros | 2026-11-25 23:00 | open    | 2026-11-26 00:00 | -                | closing at 0 is midnight
lost zeros | 2026-11-26 18:59 | open    | 2026-11-26 19:00 | -                | .0 means nothing
lost zeros | 2026-11-28 00:15 | open    | 2026-11-28 00:30 | -                | Friday until 30 spills into an unknown Saturday
lost zeros | 2026-11-28 00:30 | unknown | -                | 2026-12-01 00:30 | which is unknown after that
mondays    | 2026-11-16 10:00 | closed  | -                | 2026-11-23 09:00 | a week ahead
mondays    | 2026-11-23 10:00 | closed  | -                | -                | the next one is a holiday, and then it is too far
nothing    | 2026-11-24 12:00 | closed  | -                | -                | closed for good, as far as is said
"""


def day_of(text):
    if text == "?":
        return None
    if text == "-":
        return ()
    intervals = []
    for written in text.split(" ") if text.count("-") > 1 else [text]:
        (interval,) = read(*written.split("-")) or (None,)
        if interval is None:
            return None
        intervals.append(interval)
    return tuple(intervals)


def week_of(name):
    days = WEEKS[name]
    return tuple(day_of(text) for text in days)


def rows():
    for line in TABLE.strip().splitlines():
        yield tuple(part.strip() for part in line.split("|"))
