"""The findings of the check-up in a text, and the exact corrections that it offers."""

import pytest

from lib import checkup

# The text, what is found in it, and what is offered; None where nothing surely right can be.
Row = tuple[str, str, str | None]

ACRONYMS: list[Row] = [
    ("Made in the USA today.", "USA", "U S A"),
    ("Read the FAQ first.", "FAQ", "F A Q"),
    ("Read the FAQs first.", "FAQs", "F A Q's"),
    ("Open the PDF file.", "PDF", "P D F"),
    ("Ask our CEO about it.", "CEO", "C E O"),
    ("Plug in the USB cable.", "USB", "U S B"),
    ("Turn on the GPS now.", "GPS", "G P S"),
    ("We are a B2B company.", "B2B", "B two B"),
    ("Save it as an MP3 file.", "MP3", "M P three"),
    ("Less CO2 for all of us.", "CO2", "C O two"),
    ("A glass of H2O please.", "H2O", "H two O"),
    ("Your HR team helps.", "HR", "H R"),
]
ABBREVIATIONS: list[Row] = [
    ("Call Dr. Smith tomorrow.", "Dr. Smith", "Doctor Smith"),
    ("We saw Dr Jones there.", "Dr Jones", "Doctor Jones"),
    ("Come to 12 Ocean Dr. and ring.", "12 Ocean Dr.", "12 Ocean Drive"),
    ("We are at 221 Baker St. near you.", "221 Baker St.", "221 Baker Street"),
    ("We are at 221 Baker St. Come in.", "221 Baker St.", "221 Baker Street."),
    ("Visit 350 Fifth Ave, it is open.", "350 Fifth Ave", "350 Fifth Avenue"),
    ("The church of St. Mary is old.", "St. Mary", "Saint Mary"),
    ("We open Mon-Fri at nine.", "Mon-Fri", "Monday to Friday"),
    ("We are open Mon-Fri. Come by.", "Mon-Fri", "Monday to Friday"),
    ("Come Tue – Thurs, please.", "Tue – Thurs", "Tuesday to Thursday"),
    ("Fly to St Petersburg with us.", "St Petersburg", "Saint Petersburg"),
    ("They climbed Mt. Everest twice.", "Mt. Everest", "Mount Everest"),
    ("Our shop in Ft. Worth is open.", "Ft. Worth", "Fort Worth"),
    ("Platform No. 5 is closed.", "No. 5", "number five"),
    ("Dial ext. 512 for help.", "ext. 512", "extension five one two"),
    ("As shown in Fig. 3 below.", "Fig. 3", "Figure three"),
    ("It is on p. 7 of the book.", "p. 7", "page seven"),
    ("Bring fruit, e.g. apples.", "e.g.", "for example"),
    ("Bring fruit, e.g., apples.", "e.g.,", "for example,"),
    ("The boss, i.e. my sister, came.", "i.e.", "that is"),
    ("It takes approx. a day.", "approx.", "approximately"),
    ("Bring pens, paper, etc. and come.", "etc.", "et cetera"),
    ("Please bring pens, paper, etc.", "etc.", "et cetera."),
    ("Bring pens, paper, etc. Then come.", "etc.", "et cetera."),
    ("Cats vs. dogs is on.", "vs.", "versus"),
    ("Breakfast incl. coffee is free.", "incl.", "including"),
    ("Coffee w/o sugar, please.", "w/o", "without"),
]
DATES: list[Row] = [
    ("We open on 2026-05-12 again.", "2026-05-12", "12 May 2026"),
    ("We open on 2026/12/01 again.", "2026/12/01", "1 December 2026"),
    ("We open on 24.12.2026 again.", "24.12.2026", "24 December 2026"),
    ("We open on 1.2.2026 again.", "1.2.2026", None),
    ("We open on 2.2.2026 again.", "2.2.2026", "2 February 2026"),
    ("We open on 13.2.2026 again.", "13.2.2026", "13 February 2026"),
    ("We open on 2026.12.01 again.", "2026.12.01", "1 December 2026"),
    ("I asked Jan. 5 came with us.", "Jan. 5", None),
    ("We open on 24/12/2026 again.", "24/12/2026", "24 December 2026"),
    ("We open on 12/24/2026 again.", "12/24/2026", "24 December 2026"),
    ("We open on 12-24-2026 again.", "12-24-2026", "24 December 2026"),
    ("We open on 05/05/2026 again.", "05/05/2026", "5 May 2026"),
    ("We open on 29/02/2028 again.", "29/02/2028", "29 February 2028"),
    ("We open on 12/05/2026 again.", "12/05/2026", None),
    ("We open on 24/12/26 again.", "24/12/26", None),
    ("We open on Jan. 5 again.", "Jan. 5", "January 5"),
    ("We open on Sept. 30 again.", "Sept. 30", "September 30"),
]
TIMES: list[Row] = [
    ("The bus leaves at 14:30 today.", "14:30", "fourteen thirty"),
    ("The bus leaves at 9:05 today.", "9:05", "nine oh five"),
    ("The bus leaves at 09:00 today.", "09:00", "nine o'clock"),
    ("The bus leaves at 18:00 today.", "18:00", "eighteen hundred"),
    ("The bus leaves at 00:30 today.", "00:30", None),
    ("We open at 9am on Monday.", "9am", "nine A M"),
    ("We open at 9 a.m. on Monday.", "9 a.m.", "nine A M"),
    ("We close at 5 p.m. Come again.", "5 p.m.", "five P M."),
    ("We close at 5:30 PM on Monday.", "5:30 PM", "five thirty P M"),
    ("We close at 5.30pm on Monday.", "5.30pm", "five thirty P M"),
    ("Come at 9 a.m. Monday or later.", "9 a.m.", "nine A M"),
    ("We are open 9am-5pm on Monday.", "9am-5pm", "nine A M to five P M"),
    ("We are open 9:30–14:00 on Monday.", "9:30–14:00", "nine thirty to fourteen hundred"),
    ("We close at 5:00pm on Monday.", "5:00pm", "five P M"),
]
MONEY: list[Row] = [
    ("It costs $1 now.", "$1", "one dollar"),
    ("It costs $5.", "$5", "five dollars"),
    (
        "You owe $1,250.50 to us.",
        "$1,250.50",
        "one thousand two hundred fifty dollars and fifty cents",
    ),
    ("It costs $0.99 only.", "$0.99", "ninety-nine cents"),
    ("It costs $0.01 only.", "$0.01", "one cent"),
    ("It costs $2.00 only.", "$2.00", "two dollars"),
    ("It costs $0.002 only.", "$0.002", "zero point zero zero two dollars"),
    ("It costs £1.50 and more.", "£1.50", "one pound and fifty pence"),
    ("It costs £0.01 and more.", "£0.01", "one penny"),
    ("They raised €3.5m in May.", "€3.5m", "three point five million euros"),
    ("They raised $2bn in May.", "$2bn", "two billion dollars"),
    ("They raised $40k in May.", "$40k", "forty thousand dollars"),
    ("They raised $1.2 million in May.", "$1.2 million", "one point two million dollars"),
    ("It costs $5-10 at most.", "$5-10", "five to ten dollars"),
    ("It costs $5–$10 at most.", "$5–$10", "five to ten dollars"),
    ("It costs $9.99/month.", "$9.99/month", "nine dollars and ninety-nine cents per month"),
    ("$5 per month.", "$5", "five dollars"),
    ("It costs EUR 20 at the door.", "EUR 20", "twenty euros"),
    ("It costs 20 € at the door.", "20 €", "twenty euros"),
    ("It costs 20 USD at the door.", "20 USD", "twenty U S dollars"),
    ("It costs 99 cents.", "99 cents", "ninety-nine cents"),
    ("It costs 99¢.", "99¢", "ninety-nine cents"),
    ("Win a $100 voucher.", "$100", None),
    ("Two $5 notes are missing.", "$5", None),
]
PERCENTAGES: list[Row] = [
    ("Save 5% today.", "5%", "five percent"),
    ("Save 12.5 % today.", "12.5 %", "twelve point five percent"),
    ("Save 10-20% today.", "10-20%", "ten to twenty percent"),
    ("Sales moved by -3% this year.", "-3%", "minus three percent"),
    ("A 100% refund is yours.", "100%", "one hundred percent"),
]
NUMBERS: list[Row] = [
    ("It has 1,250,300 fans.", "1,250,300", "one million two hundred fifty thousand three hundred"),
    ("It has 12,000 fans.", "12,000", "twelve thousand"),
    ("It has 1,234.5 points.", "1,234.5", "one thousand two hundred thirty-four point five"),
    ("Pi is about 3.14 or so.", "3.14", None),
    ("Pi is about 3.1416 or so.", "3.1416", "three point one four one six"),
    ("We sold 3.14 million of it.", "3.14", "three point one four"),
    ("Come on 1.5 to the hall.", "1.5", None),
    ("It is 1.500 in all.", "1.500", None),
    ("There are 10⁶ cells in it.", "10⁶", None),
    ("It is so in the book¹ that we read.", "book¹", None),
    ("It is 12,5 in all.", "12,5", None),
    ("It is 1.500,50 in all.", "1.500,50", None),
    ("On June 1,200 of us came.", "1,200", None),
    ("Get update 2.0 today.", "2.0", "two point zero"),
    ("It is 0.05 of it.", "0.05", "zero point zero five"),
    ("Your order is 12345678.", "12345678", None),
    ("She came 1st of all.", "1st", "first"),
    ("He came 3rd of all.", "3rd", "third"),
    ("It is on the 12th floor.", "12th", "twelfth"),
    ("In the 21st century we fly.", "21st", "twenty-first"),
    ("Wait 5-7 days for it.", "5-7", "five to seven"),
    ("Sit in the 1st–3rd row, or the 5th.", "5th", "fifth"),
    ("Wait 5–7 days for it.", "5–7", "five to seven"),
    ("From 1999-2005 it was here.", "1999-2005", "nineteen ninety-nine to two thousand five"),
    ("There were 100-200 people.", "100-200", "one hundred to two hundred"),
    ("Add ½ of it.", "½", "one half"),
    ("Add 2½ cups of flour.", "2½", "two and a half"),
    ("Add 1/2 cup of flour.", "1/2", "one half"),
    ("Add 2 1/2 cups of flour.", "2 1/2", "two and a half"),
    ("Eat 3/4 of the cake.", "3/4", "three quarters"),
    ("This is 1/2 so far.", "1/2", None),
    ("Henry VIII had six wives.", "Henry VIII", "Henry the Eighth"),
    ("Elizabeth II was Queen.", "Elizabeth II", "Elizabeth the Second"),
    ("Louis XIV was the King of it.", "Louis XIV", "Louis the Fourteenth"),
    ("We met James II there.", "James II", "James the Second"),
    ("After World War II it grew.", "World War II", "World War Two"),
    ("Read Chapter IV tonight.", "Chapter IV", "Chapter Four"),
]
PHONES: list[Row] = [
    ("Call 555-0123 now.", "555-0123", "five five five, zero one two three"),
    (
        "Call (212) 555-0123 now.",
        "(212) 555-0123",
        "two one two, five five five, zero one two three",
    ),
    ("Call 212-555-0123.", "212-555-0123", "two one two, five five five, zero one two three"),
    (
        "Call 1-800-555-0123 now.",
        "1-800-555-0123",
        "one, eight zero zero, five five five, zero one two three",
    ),
    (
        "Call +49 30 1234567 now.",
        "+49 30 1234567",
        "plus four nine, three zero, one two three four five six seven",
    ),
    (
        "Call 0800 123 4567 now.",
        "0800 123 4567",
        "zero eight zero zero, one two three, four five six seven",
    ),
]
UNITS: list[Row] = [
    ("It is 5 km to town.", "5 km", "five kilometers"),
    ("It is 1 km to town.", "1 km", "one kilometer"),
    ("It is 20 °C outside.", "20 °C", None),
    ("It is 20 °C today.", "20 °C", "twenty degrees Celsius"),
    ("It is -5 °C today.", "-5 °C", "minus five degrees Celsius"),
    ("It weighs 3kg.", "3kg", "three kilograms"),
    ("It has 16 GB of memory.", "16 GB", "sixteen gigabytes"),
    ("It ran at 120 km/h on ice.", "120 km/h", "one hundred twenty kilometers per hour"),
    ("It is 2.5 cm wide.", "2.5 cm", "two point five centimeters"),
    ("Walk 5-10 km each day.", "5-10 km", "five to ten kilometers"),
    ("A flat of 80 m² is enough.", "80 m²", "eighty square meters"),
    ("Wait 30 min before lunch.", "30 min", "thirty minutes"),
    ("She is 6 ft tall.", "6 ft", "six feet"),
    ("Join our 5 km run.", "5 km", None),
    ("It is 5 m to the door.", "5 m", None),
]
ADDRESSES: list[Row] = [
    (
        "See northwind.example/help today.",
        "northwind.example/help",
        "northwind dot example slash help",
    ),
    ("See https://northwind.com.", "https://northwind.com", "northwind dot com"),
    ("See www.northwind.com today.", "www.northwind.com", "W W W dot northwind dot com"),
    (
        "See north-wind.co.uk/a_b today.",
        "north-wind.co.uk/a_b",
        "north dash wind dot co dot uk slash a underscore b",
    ),
    ("See https://northwind.com/?id=7&x=1 today.", "https://northwind.com/?id=7&x=1", None),
    (
        "Write to info@northwind.example now.",
        "info@northwind.example",
        "info at northwind dot example",
    ),
    ("Write to j.doe-x@north.com.", "j.doe-x@north.com", "j dot doe dash x at north dot com"),
]
MARKS: list[Row] = [
    ("Well done 🎉 all of you.", "🎉", ""),
    ("A family 👨‍👩‍👧 came.", "👨‍👩‍👧", ""),
    ("Hello from 🇫🇷 today.", "🇫🇷", ""),
    ("With love ❤️ from us.", "❤️", ""),
    ("See you soon :-)", ":-)", ""),
    ("This is <b>big now.", "<b>", ""),
    ("<speak>Hello there.", "<speak>", ""),
    ("One <br/> two.", "<br/>", ""),
    ("Salt &amp; pepper.", "&amp;", "&"),
    ("Our R&amp;D team.", "R&amp;D", "R&D"),
    ("The caf&eacute; is open.", "caf&eacute;", "café"),
    ("If a &lt; b then stop.", "&lt;", None),
    ('Wait. <break time="1s" /> Go.', '<break time="1s" />', None),
    ("[happy] Hello there.", "[happy]", ""),
    ("That was it. [laugh]", "[laugh]", ""),
    ("This is **very** good.", "**very**", "very"),
    ("This is ***very*** good.", "***very***", "very"),
    ("Pay **$5** now.", "**$5**", "five dollars"),
    ("This is __very__ good.", "__very__", "very"),
    ("This is _very_ good.", "_very_", "very"),
    ("This is ~~very~~ good.", "~~very~~", None),
    ("Press `Enter` now.", "`Enter`", "Enter"),
    (
        "Read [our guide](https://northwind.com/a?b=1) now.",
        "[our guide](https://northwind.com/a?b=1)",
        "our guide",
    ),
    ("# Welcome to us\nHello.", "# Welcome", "Welcome"),
    ("### Questions\nHello.", "### Questions", "Questions"),
    ("Bring:\n* Apples and pears", "* Apples", "Apples"),
    ("Bring:\n- Apples and pears", "- Apples", "Apples"),
    ("One.\n\n***\n\nTwo.", "***", ""),
    ("She left. [slowly] He stayed.", "[slowly]", None),
    ("It was so [12] in the past.", "[12]", ""),
    ("Wait. [pause] Go.", "[pause]", None),
    ("Wait. [pause 2 seconds] Go.", "[pause 2 seconds]", None),
]
SLASHES: list[Row] = [
    ("Tea and/or coffee.", "and/or", "and or"),
    ("We are here 24/7 for you.", "24/7", "twenty-four seven"),
    ("If he/she calls, answer.", "he/she", "he or she"),
    ("Take his/her coat.", "his/her", "his or her"),
    ("Answer yes/no to this.", "yes/no", "yes or no"),
    ("The field is n/a here.", "n/a", "not applicable"),
    ("The client/server model works.", "client/server", None),
    ("The on/off switch is here.", "on/off", None),
    ("We meet on 24/7 at the gate.", "24/7", None),
    ("Our AI/ML team helps.", "AI/ML", None),
    ("Coffee w/ milk, please.", "w/", "with"),
    ("Say /home/ now.", "/home/", None),
    ("Open it /as we said/ today.", "/as we said/", "as we said"),
]
SLIPS: list[Row] = [
    ("Hello {name}, welcome.", "{name}", None),
    ("Hello {{name}}, welcome.", "{{name}}", None),
    ("Hello ${name}, welcome.", "${name}", None),
    ("Hello <customer>, welcome.", "<customer>", None),
    ("Hello [NAME], welcome.", "[NAME]", None),
    ("Hello [your name], welcome.", "[your name]", None),
    ("Call XXX for help.", "XXX", None),
    ("TODO write this.", "TODO", None),
    ("Lorem ipsum dolor.", "Lorem ipsum", None),
    ("My name is ____ here.", "____", None),
    ("Open the the door.", "the the", "the"),
    ("The the door is open.", "The the", "The"),
    ("It is " + "a" * 41 + " here.", "a" * 41, None),
    ("PLEASE HOLD THE LINE NOW.", "PLEASE HOLD THE LINE NOW", "Please hold the line now"),
    ("PLEASE READ THE FAQ FIRST.", "PLEASE READ THE FAQ FIRST", None),
]
TABLES = {
    "acronym": ACRONYMS,
    "abbreviation": ABBREVIATIONS,
    "date": DATES,
    "time": TIMES,
    "money": MONEY,
    "percent": PERCENTAGES,
    "number": NUMBERS,
    "phone": PHONES,
    "unit": UNITS,
    "address": ADDRESSES,
}
ROWS = [row for table in (*TABLES.values(), MARKS, SLASHES, SLIPS) for row in table]


@pytest.mark.parametrize(("text", "said", "mend"), ROWS, ids=[row[0] for row in ROWS])
def test_what_is_found_and_what_is_offered(text: str, said: str, mend: str | None) -> None:
    assert [(each.said, each.mend) for each in checkup.find(text)] == [(said, mend)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [(kind, text) for kind, table in TABLES.items() for text, _, _ in table],
)
def test_each_is_told_by_its_kind(kind: str, text: str) -> None:
    assert [each.kind for each in checkup.find(text)] == [kind]


@pytest.mark.parametrize(("text", "said", "mend"), ROWS, ids=[row[0] for row in ROWS])
def test_what_is_offered_has_no_trouble_of_its_own(text: str, said: str, mend: str | None) -> None:
    again = checkup.find(text.replace(said, mend, 1)) if mend is not None else []
    assert [each for each in again if each.mend is not None] == []


def test_messages_are_short_sentences_without_words_of_the_trade() -> None:
    messages = {each.message for text, _, _ in ROWS for each in checkup.find(text)}
    for message in messages:
        assert len(message) <= 100
        assert message[-1] in ".?"
        assert not {"acronym", "regex", "token", "TTS", "SSML"} & set(message.split())
