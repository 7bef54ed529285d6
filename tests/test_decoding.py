"""Letters of every language: old encodings told apart, said and chosen; spoilt ones noticed."""

import unicodedata

import pytest

from lib import intake
from lib.errors import InvalidRequestError
from lib.intake.brought import Choices
from lib.intake.decoding import ENCODINGS, Decoded, decode

TEXTS = {
    "en": "It’s late. Don’t hang up – “we” serve crème brûlée.",
    "de": "Drücken Sie für Öffnungszeiten die Eins. Wir grüßen Sie!",
    "fr": "Où êtes-vous ? Ça va, à bientôt, même le week-end.",
    "es": "¡Buenos días! ¿Cómo está? Mañana será otro día, señor.",
    "it": "La città è più bella di sera. Il servizio sarà attivo da lunedì.",
    "pl": "Dziękuję, naciśnij jeden, żeby usłyszeć godziny. Cześć!",
    "cs": "Dobrý večer, děkuji. Příští zastávka je náměstí Míru.",
    "hu": "Köszönöm! Kérjük, várjon türelemmel, az őrült nő fűtött szobában ült.",
    "lt": "Ačiū! Paspauskite vieną, jei norite sužinoti darbo laiką, šeštą ryto.",
    "tr": "Teşekkürler! Çalışma saatleri için biri tuşlayınız, iyi akşamlar.",
    "ru": "Добрый вечер, нажмите один. Осторожно, двери закрываются.",
    "uk": "Добрий вечір, її син їздить до школи щодня.",
    "el": "Καλημέρα, τι κάνεις; Πατήστε ένα για τις ώρες λειτουργίας.",
    "he": "בוקר טוב, ברוכים הבאים לחנות שלנו, הקישו אחת.",
    "ar": "مرحبا بكم في متجرنا، اضغط الرقم واحد.",
    "fa": "به فروشگاه ما خوش آمديد، چطوري؟",
    "vi": "Cảm ơn bạn nhiều. Chào mừng quý khách đến cửa hàng.",
    "th": "ยินดีต้อนรับสู่ร้านของเรา กดหนึ่ง",
    "ja": "お電話ありがとうございます。営業時間は九時からです。",
    "zh": "欢迎光临我们的商店，请按一。",
    "zt": "歡迎光臨我們的商店，請按一。",
    "ko": "저희 매장에 오신 것을 환영합니다.",
}
SAVED = """
    en cp1252 mac-roman,
    de cp1252 cp850 cp437 mac-roman, fr cp1252 iso8859-15 mac-roman, es cp1252 cp850 mac-roman,
    it cp1252, pl cp1250 cp852 iso8859-2 mac-latin2, cs cp1250 cp852 iso8859-2 mac-latin2,
    hu cp1250 cp852, lt cp1257 iso8859-13 cp775, tr cp1254 cp857,
    ru cp1251 koi8-r cp866 mac-cyrillic iso8859-5, uk cp1251 koi8-u mac-cyrillic iso8859-5,
    el cp1253 iso8859-7 cp737 cp869 mac-greek, he cp1255 iso8859-8 cp862, ar cp1256 iso8859-6,
    fa cp1256, vi cp1258, th cp874, ja cp932 euc_jis_2004 iso2022_jp_ext, zh gb18030,
    zt big5hkscs, ko cp949
"""
CASES = [
    (language, encoding)
    for language, *encodings in map(str.split, SAVED.split(","))
    for encoding in encodings
]
TONES = "\u0300\u0309\u0303\u0301\u0323"


def saved(text: str, encoding: str) -> bytes:
    """As a program saves it; the old encoding of Vietnamese has tones apart from their letters."""
    if encoding == "cp1258":
        text = "".join(_tone_apart(letter) for letter in text)
    return text.encode(encoding)


def _tone_apart(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    tones = "".join(part for part in parts if part in TONES)
    rest = "".join(part for part in parts if part not in TONES)
    return unicodedata.normalize("NFC", rest) + tones


@pytest.mark.parametrize(("language", "encoding"), CASES)
@pytest.mark.parametrize(
    "form", ["{}", "id;Text\n1;{}\n", "1\n00:00:01,000 --> 00:00:03,000\n{}\n"]
)
def test_every_old_encoding_is_read_and_said(language: str, encoding: str, form: str) -> None:
    text = form.format(TEXTS[language])
    read = decode("a.txt", saved(text, encoding))
    assert read.text == text
    assert read.notes[0].startswith(f"The letters were read as {ENCODINGS[read.encoding]}: look at")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_no_old_encoding_is_read_without_a_word(encoding: str) -> None:
    """Two letters tell no encoding: whatever is read, it is said."""
    for data in (b"\xe9\xe8", b"caf\xe9", b"\xa1\xfe\n\x80", bytes(range(0x80, 0x100))):
        read = decode("a.txt", data)
        assert read.encoding in ENCODINGS
        assert "read as" in read.notes[0] or "could not be read" in read.notes[0]
        assert not any("look at" in note for note in decode("a.txt", data, encoding).notes)


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_a_chosen_encoding_is_used_and_needs_no_look(language: str, encoding: str) -> None:
    data = saved(TEXTS[language], encoding)
    assert decode("a.txt", data, encoding) == Decoded(TEXTS[language], (), encoding)
    assert intake.read("a.txt", data, Choices(encoding=encoding)).read_as.encoding == encoding


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_chosen_encoding_loses_its_mark(encoding: str) -> None:
    assert decode("a.txt", "\ufeffÉté".encode(encoding), encoding).text == "Été"


def test_what_a_chosen_encoding_cannot_read_is_counted() -> None:
    assert decode("a.txt", b"caf\xe9 \xe9t", "utf-8").notes == (
        "2 characters could not be read and show as \ufffd.",
    )
    assert decode("a.txt", b"caf\xe9", "cp1251").text == "cafй"


def test_a_chosen_encoding_that_makes_no_text_asks_for_another() -> None:
    with pytest.raises(InvalidRequestError) as caught:
        decode("a.txt", "Hello, how are you today?".encode("utf-16-le"), "cp1252")
    assert caught.value.hint == "Choose another way to read its letters."


@pytest.mark.parametrize("encoding", ["klingon", "UTF-8", "rot13", "idna", "cp037"])
def test_an_encoding_that_is_not_offered_is_refused(encoding: str) -> None:
    with pytest.raises(InvalidRequestError, match="cannot be read as"):
        decode("a.txt", b"Hello", encoding)


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_unicode_of_every_language_needs_no_note(language: str, encoding: str) -> None:
    text = f"{TEXTS[language]}\n1, 2\n"
    assert decode("a.txt", text.encode(encoding)) == Decoded(text, (), encoding)


def test_a_mark_says_the_order_even_of_one_word() -> None:
    assert decode("a.txt", "\ufeff上".encode("utf-16-be")) == Decoded("上", (), "utf-16-be")
    assert "could not be read" in decode("a.txt", "\ufeffAb".encode("utf-16-le")[:-1]).notes[0]


@pytest.mark.parametrize("old", ["Café crème", "Grüße aus München", "It’s £5 – “really”"])
def test_a_line_from_an_older_file_is_read_and_its_number_said(old: str) -> None:
    lines = [TEXTS["pl"], TEXTS["ru"], TEXTS["th"]]
    data = "\n".join(lines).encode() + b"\n" + old.encode("cp1252") + b"\nBye\n"
    read = decode("a.txt", data)
    assert read.text == "\n".join([*lines, old, "Bye\n"])
    assert read.encoding == "utf-8"
    assert read.notes[0].startswith("Line 4 was saved in another way than the rest and was read")


@pytest.mark.parametrize("filling", ["Plain words and no more. ", "Plain words.\n"])
def test_a_long_old_file_is_read_to_its_end_however_late_its_first_letter(filling: str) -> None:
    late = filling * 20_000 + TEXTS["he"]
    assert decode("a.txt", late.encode("cp1255")).text == late


def test_of_encodings_that_read_a_text_alike_the_usual_one_is_said() -> None:
    text = "Grüß Gott, schöne Öffnungszeiten!\n" * 9
    assert decode("a.txt", text.encode("cp1250")).encoding == "cp1252"


@pytest.mark.parametrize("text", ["It’s", "£20", "Naïve résumé", "½ price", "“Now” – or never…"])
def test_english_with_one_sign_or_accent_is_read_as_windows_saves_it(text: str) -> None:
    assert decode("a.txt", text.encode("cp1252")).text == text


@pytest.mark.parametrize(
    ("good", "through"),
    [("Café", "cp1252"), ("don’t", "cp1252"), ("привет", "cp1252"), ("Größe", "mac-roman")],
)
def test_letters_that_were_encoded_twice_are_shown_and_left_as_they_are(
    good: str, through: str
) -> None:
    spoilt = good.encode().decode(through)
    brought = intake.read("a.txt", f"Hello.\nWe say {spoilt} here.\n".encode())
    assert isinstance(brought, intake.Words)
    assert brought.text == f"Hello.\nWe say {spoilt} here.\n"
    (note,) = brought.notes
    assert f"“{spoilt}” in line 2 may stand for “{good}”" in note


@pytest.mark.parametrize("language", TEXTS)
def test_good_letters_are_not_taken_for_spoilt_ones(language: str) -> None:
    text = f"{TEXTS[language]} „MENÜ“ «CAFÉ\xa0» 5\xa0°C, ½ £5 “É”… »Å«\n"
    assert intake.read("a.txt", text.encode()).notes == ()


# Files as they came from subtitle programs of other countries.
@pytest.mark.parametrize(
    ("encoding", "lines", "said"),
    [
        (
            "cp1256",
            ["مرحبا بكم في متجرنا", "نحن مفتوحون من التاسعة صباحا حتى السادسة مساء"],
            "Arabic",
        ),
        ("cp1255", ["בוקר טוב לכולם", "אנחנו פותחים את השער עד שש"], "Hebrew"),
        ("cp874", ["สวัสดีครับ ยินดีต้อนรับ", "เราเปิดตั้งแต่เช้าถึงหกโมงเย็น"], "Thai"),
        ("koi8-r", ["Привет!", "Двери закрываются."], "Cyrillic"),
        ("cp866", ["Добрый вечер, Анна", "Двери закрываются."], "Cyrillic"),
        ("euc_jp", ["おはよう", "次の駅は東京です。"], "Japanese"),
        ("cp1252", ["It’s late", "Don’t wait – call now"], "Western European"),
    ],
)
def test_captions_of_a_few_words_are_read_in_their_own_letters(
    encoding: str, lines: list[str], said: str
) -> None:
    cues = [f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{line}\n" for n, line in enumerate(lines, 1)]
    brought = intake.read("a.srt", "\n".join(cues).encode(encoding))
    assert isinstance(brought, intake.Sheet)
    assert [row[0] for row in brought.rows] == lines
    assert said in brought.notes[0]
    assert said in ENCODINGS[brought.read_as.encoding]
