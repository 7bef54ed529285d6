"""Where sentences end, by the language of the script: no sentence is cut where it goes on."""

import pytest

from lib.orders.parts import Limits, Request, parts_of
from lib.script import Line, split
from lib.script.language import language_of
from lib.settings import Settings

# The language, a text, and where it is cut: at each "|".
TEXTS = [
    ("de", "Am 3. Mai eröffnen wir.| Die 1. Klasse ist voll.| Nr. 5 ist frei.| Im 2. Stock links."),
    ("de", "Wir kommen am 24. Dezember zu Dr. Müller.| Siehe Abb. 3 auf S. 5 da.| Das war es."),
    ("de", "Es gilt z. B. auch hier.| Ludwig der 14. König war da.| Wir kommen gern."),
    ("da", "Den 3. maj åbner vi.| Den 5. Etage er ledig.| Vi ses i morgen."),
    ("nb", "Vi åpner 3. Mai på kvelden.| Det er i 2. Etasje.| Velkommen til oss alle sammen."),
    ("fi", "Avaamme 3. Toukokuuta aamulla.| Tervetuloa kaikille meidän luokse."),
    ("cs", "Dne 3. Května otevíráme nový obchod.| Ing. Novák je tady.| Děkujeme vám."),
    ("pl", "Dnia 3. Maja otwieramy sklep.| Na ul. Długiej jest dr. Kowalski.| Zapraszamy was."),
    ("es", "La Sra. Ruiz llega a las 5.| Véase el art. 5 del contrato.| El Dr. López no está."),
    ("es", "Vive en EE. UU. desde hace años.| Ud. puede entrar.| La Avda. Mayor está cerrada."),
    ("fr", "M. Dupont arrive ce soir.| Mme. Curie est là.| Voir l’art. 5 du code.| C’est fini."),
    ("fr", "Il habite St. Malo avec J. Dupont.| Il y a env. 5 km pour nous.| À bientôt."),
    ("it", "Il Sig. Rossi arriva domani.| La dott.ssa Bianchi è qui.| Si veda a pag. 3."),
    ("nl", "Dhr. Jansen komt vandaag.| Mevr. de Vries is er ook.| Zie art. 5 van het contract."),
    ("pt", "O Sr. Silva chega amanhã.| A Sra. Costa está aqui.| Veja a pág. 3 do livro."),
    ("en", "The meeting is at 9 a.m. Monday.| Come early.| We met at 5 p.m.| Then we left."),
    ("en", "Mr. Bean and J. Smith came.| We have 3.| Then there were two.| See fig. 3 for it."),
    ("en", "1. Open the lid.| 2. Close it.| 3. Wait for the sound."),
    ("", "1. Open.| 2. Close."),
    ("en", "Ms. Lee is in Ft. Worth.| See Eq. 5 there.| Wm. Smith knows it.| Est. 1920 in Rome."),
    ("en", "J.-P. Sartre wrote it.| He left.| It is .NET code."),
    ("de", "Dipl.-Ing. Schmidt ist bei der Fa. Bosch.| Der Preis inkl. Versand gilt für alle."),
    ("en", "It is on Tues. Jan. 5 in Rm. 7 here.| Then we sat.| Sat. Aug. 9 is free."),
    ("de", "Die Staatl. Museen und der ehem. Leiter, max. Tragkraft 300 kg.| Danke und bis bald."),
    ("pl", "Szkoła im. Mickiewicza i dyr. Kowal są tutaj.| Śp. Nowak też."),
    ("pt", "A Cia. Silva e o Gov. Costa estão aqui, no séc. XX, com a gente.| Obrigado a todos."),
    ("de", "Bspw. Berlin ist groß.| Es gilt zzgl. Porto.| Der sog. Experte ist nicht da."),
    ("fr", "En 50 av. J.-C. Rome est grande.| Le Pr. Durand et sa femme sont dans la ville."),
    ("es", "Véanse las núms. 6 y 7.| El Cnel. Pérez llega mañana por la noche."),
    ("it", "Nel 50 a.C. Roma era già grande.| La Prof.ssa Neri è qui con noi."),
    ("nl", "Op 3 jan. 2024 gaan we.| Er is veel, o.a. Amsterdam, te zien.| D.w.z. Wij komen ook."),
    ("pl", "W XIX w. Polska była inna.| Na os. Słonecznym mieszka płk. Nowak.| Św. Jan też."),
    ("sv", "Kl. 5 går vi hem.| Vi ser t.ex. Lund och bl.a. Malmö.| Välkommen till oss alla."),
    ("ru", "В храме св. Николая тихо.| Он родился в 1920 г. Потом война.| Вот и всё."),
    ("tr", "Bağdat Cad. 5 numarada oturuyor.| Sn. Yılmaz geldi.| Hoş geldiniz."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), TEXTS, ids=[text[:30] for _, text in TEXTS])
def test_a_sentence_is_cut_only_where_it_ends(language: str, text: str) -> None:
    right = [each.strip() for each in text.split("|")]
    pieces = split(
        " ".join(right), max_chars=2_000, max_weight=1_600, each_sentence=True, language=language
    )
    assert [each.text for each in pieces] == right


@pytest.mark.parametrize(
    ("language", "text"),
    [each for each in TEXTS if each[0] not in ("", "nb")],
    ids=lambda each: each[:30],
)
def test_the_language_of_such_a_text_is_known(language: str, text: str) -> None:
    assert language_of(text.replace("|", "")) == language


def test_the_number_of_an_item_on_its_own_line_is_no_recording_of_its_own() -> None:
    text = "1.\nOpen the lid.\n2.\nClose it.\n\n(3)\nWait."
    pieces = split(text, max_chars=2_000, max_weight=1_600, each_sentence=True)
    assert [each.text for each in pieces] == ["1.\nOpen the lid.", "2.\nClose it.", "(3)\nWait."]


def said(request: Request) -> list[str]:
    _, parts = parts_of(request, Limits.of(Settings()))
    return [each.utterance.text for each in parts]


def test_a_short_turn_is_cut_by_the_language_of_its_whole_script() -> None:
    lines = ["Willkommen bei uns, wir freuen uns sehr auf Sie.", "Halle 5. Stock 2. Dann links."]
    request = Request(
        script="\n".join(lines),
        model="inworld/tts-1-max",
        voice="Ashley",
        format="mp3",
        lines=tuple(Line(text=each, voice="Ashley") for each in lines),
        each_sentence=True,
    )
    assert said(request) == [lines[0], lines[1]]


def test_a_row_that_fits_in_one_call_is_never_cut() -> None:
    text = "Am 3. Mai. La Sra. Ruiz. 1. Open. 9 a.m. Monday."
    assert said(Request(script=text, model="inworld/tts-1-max", voice="Ashley", format="mp3")) == [
        text
    ]


def test_half_a_million_characters_take_no_longer_for_their_language() -> None:
    """The language is told from a part of the text; the rules look at a few words of each end."""
    assert language_of("Wir gehen jetzt nach Hause. " * 20_000) == "de"
    pieces = split(
        "Am 3. Mai gehen wir. " * 5_000, max_chars=2_000, max_weight=1_600, each_sentence=True,
        language="de",
    )  # fmt: skip
    assert {each.text for each in pieces} == {"Am 3. Mai gehen wir."}
