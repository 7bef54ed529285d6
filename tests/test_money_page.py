"""Money on the pages: only the confirmed offer is bought, and no unknown price counts as free."""

import re
import threading
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.errors import ChargeUnknownError
from lib.library.clip import Intent, Part
from lib.library.outcome import Outcome
from lib.library.problem import Problem
from lib.library.scripts import Row
from lib.orders import prices
from lib.speech import Answer, Charge, Utterance
from lib.ui.services import close, services
from tests.charges import charges
from tests.conftest import APP, drawn
from tests.service import StandIn, sound
from tests.test_compare_page import record
from tests.test_library import make
from tests.test_library_page import visit
from tests.test_scripts_page import TABLE, write
from tests.test_studio_page import PATIENCE_S, finish, generate, model_box, press, words

MODELS = "GET /v1/models"
CLOUD = "inworld/tts-1-max"
EVERY_MODEL = (CLOUD, "inworld/tts-1-5-max", "inworld/tts-1-5-mini", "inworld/tts-1")


def cost(service: StandIn, price: str) -> None:
    """Set the price of a million characters in the service's catalogue, for all models."""
    units = f'[{{"name": "characters", "price": {price}, "per": 1000000}}]'
    models = [f'{{"id": "{model}", "pricing": {{"units": {units}}}}}' for model in EVERY_MODEL]
    service.reply(MODELS, body=f'{{"data": [{",".join(models)}]}}'.encode())


def wait_until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not done():
        assert time.monotonic() < until
        time.sleep(0.01)


def opened(app: AppTest, page: str = "studio") -> AppTest:
    """The app at this page, after the service has told its price."""
    visit(app, page)
    services().prices.usd_per_million(CLOUD)
    wait_until(lambda: services().library.preferences.recall("prices") is not None)
    return app


def priced_anew(usd_per_million: Decimal | None) -> None:
    """Change the service's prices after the page was drawn."""
    services().prices._found = {
        model: prices.Price(usd_per_million=usd_per_million) for model in EVERY_MODEL
    }


def ask_above(usd: float) -> None:
    services().library.preferences.remember({"confirm_above_usd": usd})


def type_text(app: AppTest, text: str) -> None:
    app.text_area(key="studio_text").input(text).run()


def script_of(app: AppTest) -> int:
    found = services().library.drafts.get(app.session_state["_browser"], "scripts")["script"]
    assert isinstance(found, int)
    return found


def labels(app: AppTest) -> str:
    return " | ".join(button.label for button in app.button)


# ---- Prices that cannot be true ----


@pytest.mark.parametrize("price", ["1e30", "1e9999999", "-1"])
@pytest.mark.parametrize("page", ["studio", "voices", "settings"])
def test_k14_no_page_ends_over_an_absurd_price(
    app: AppTest, service: StandIn, price: str, page: str
) -> None:
    cost(service, price)
    opened(app, page).run()
    assert not app.exception


def test_k14_an_absurd_balance_is_said_in_words(app: AppTest, service: StandIn) -> None:
    service.reply("GET /v2/billing", body=b'{"current_balance": 1e30}')
    visit(app, "settings")
    app.button(key="settings_test").click().run()
    assert not app.exception
    assert "cannot read" in words(app)


@pytest.mark.parametrize(
    "kept",
    [
        {"asked_at_s": time.time(), "models": {CLOUD: {"usd": "1E+30", "etag": '"1"'}}},
        {"asked_at_s": 4e18, "models": {CLOUD: {"usd": "7", "etag": '"1"'}}},
        {"asked_at_s": "soon", "models": {CLOUD: {"usd": "twelve", "etag": 5}}},
        {"asked_at_s": None, "models": [1, 2]},
        {"models": {CLOUD: None}},
        "nonsense",
    ],
    ids=["absurd", "of the future", "of other types", "a list", "no row", "words"],
)
def test_k14_a_bad_price_that_was_kept_mends_itself_at_the_next_start(
    app: AppTest, service: StandIn, kept: object
) -> None:
    opened(app)
    services().library.preferences.remember({"prices": kept})
    close()
    app.run()
    assert not app.exception
    wait_until(lambda: services().prices.usd_per_million(CLOUD) == 13)


@pytest.mark.parametrize("price", ["0", "0.0", "1e30"])
def test_k16_a_price_of_nothing_is_not_free_and_is_asked_about(
    app: AppTest, service: StandIn, price: str
) -> None:
    cost(service, price)
    type_text(opened(app), "Good morning.")
    assert "price not known" in words(app)
    assert "characters · about 1 second · free" not in words(app)
    app.button(key="studio_generate").click().run()
    assert "The price is not known." in words(app)
    assert "at the dearest known price under $0.001" in words(app)
    assert service.posts == 0
    press(app, "Go ahead, price not known")
    finish(app)
    assert service.charges == 1


def test_k16_a_price_that_is_missing_is_asked_about(app: AppTest, service: StandIn) -> None:
    service.reply(MODELS, json={"data": [{"id": CLOUD}]})
    type_text(opened(app), "Good morning.")
    app.button(key="studio_generate").click().run()
    assert "The price is not known." in words(app)
    assert service.posts == 0


def test_k16_it_mends_itself_when_the_catalogue_does(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    cost(service, "0")
    type_text(opened(app), "Good morning.")
    assert "price not known" in words(app)
    cost(service, "26")
    asked = service.gets
    app.run()
    assert service.gets == asked  # not at every touch of the page
    monkeypatch.setattr(prices, "AGAIN_S", 0.0)
    app.run()
    wait_until(lambda: services().prices.usd_per_million(CLOUD) == 26)
    app.run()
    assert "about $0.001" in words(app) or "under $0.001" in words(app)


def test_k16_a_price_set_by_a_person_goes_before_one_of_nothing(
    app: AppTest, service: StandIn
) -> None:
    cost(service, "0")
    opened(app)
    services().library.preferences.remember({"usd_per_million": 40.0})
    generate(app, "Good morning.")
    assert service.charges == 1  # known, small, and so not asked about


def test_k16_a_sample_at_an_unknown_price_is_asked_about(app: AppTest, service: StandIn) -> None:
    cost(service, "0")
    opened(app, "voices").run()
    assert "Hear it · price not known" in labels(app)
    app.button(key="voices_hear_Ashley").click().run()
    assert "The price is not known." in words(app)
    assert service.posts == 0


def test_k16_so_is_the_sample_in_studio(app: AppTest, service: StandIn) -> None:
    cost(service, "0")
    opened(app)
    app.run()
    assert "Hear this voice · price not known" in labels(app)
    press(app, "Hear this voice · price not known")
    assert "The price is not known." in words(app)
    assert service.posts == 0


def test_k16_so_is_a_script(app: AppTest, service: StandIn) -> None:
    cost(service, "0")
    opened(app, "scripts")
    write(app, TABLE)
    app.button(key="scripts_record").click().run()
    assert "The price is not known." in words(app)
    assert service.posts == 0


def test_k16_so_is_an_audition(app: AppTest, service: StandIn) -> None:
    cost(service, "0")
    opened(app, "compare")
    record(app)
    assert "The price is not known." in words(app)
    assert service.posts == 0


# ---- What was asked is what is bought ----


def ask_about_text(app: AppTest) -> None:
    """Open Studio with the question whether to buy its text."""
    opened(app)
    ask_above(0.0001)
    type_text(app, "Good morning, and welcome to our store.")
    app.button(key="studio_generate").click().run()


def go(app: AppTest, page: str) -> None:
    """Open another page of the same session."""
    app.session_state["_go_to"] = page
    app.run()
    assert not app.exception


def test_an_open_question_stays_on_its_page_and_names_its_text(app: AppTest) -> None:
    ask_about_text(app)
    assert "This will cost" in words(app)
    assert "“Good morning, and welcome to our store.”, 39 characters" in words(app)
    for page, is_asked in (("library", False), ("studio", True)):
        go(app, page)
        assert ("This will cost" in words(app)) is is_asked


def test_a_question_waits_on_its_page_until_it_is_answered(app: AppTest, service: StandIn) -> None:
    make(services().library, "Bom dia", browser="another browser")
    ask_about_text(app)
    go(app, "library")
    app.session_state["_library_clip"] = 1
    app.run()
    assert "This will cost" not in words(app)
    app.button(key="library_chosen_star_1").click().run()
    assert services().library.clips.get(1).star  # type: ignore[union-attr]
    go(app, "scripts")
    app.text_area(key="scripts_paste").input(TABLE).run()
    app.button(key="scripts_use").click().run()
    app.button(key="scripts_record").click().run()
    assert "2 clips of “" in words(app)
    go(app, "settings")
    app.toggle(key="settings_plain_player").set_value(True).run()
    go(app, "studio")
    assert "“Good morning, and welcome to our store.”, 39 characters" in words(app)
    app.button(key="work_yes").click().run()
    finish(app)
    assert (service.charges, "This will cost" in words(app)) == (1, False)
    go(app, "scripts")
    assert "2 clips of “" in words(app)
    app.button(key="work_no").click().run()
    assert "This will cost" not in words(app)
    assert service.charges == 1


def ask_about_table(app: AppTest) -> None:
    """Open Scripts with the question whether to buy the two rows of a table."""
    opened(app, "scripts")
    ask_above(0.0001)
    write(app, TABLE)
    app.button(key="scripts_record").click().run()


def grow(script_id: int, rows: int) -> None:
    """A colleague adds rows to the script on the page."""
    added = [Row(position=100 + n, text=f"Another sentence, number {n}.") for n in range(rows)]
    services().library.scripts.put_rows(script_id, added)


def test_k15_rows_that_a_colleague_added_are_asked_about_anew(
    app: AppTest, service: StandIn
) -> None:
    ask_about_table(app)
    assert "2 clips of “" in words(app)
    grow(script_of(app), 10)
    app.button(key="work_yes").click().run()
    assert service.posts == 0
    assert "” · it is more than you were asked before" in words(app)
    assert "This will now cost about" in words(app)
    app.button(key="work_yes").click().run()
    finish(app)
    assert service.charges == 12


def test_k15_rows_that_are_gone_are_not_bought_and_not_asked_about(
    app: AppTest, service: StandIn
) -> None:
    ask_about_table(app)
    rows = services().library.scripts.rows(script_of(app))
    services().library.scripts.put_rows(script_of(app), [], gone=[rows[0].id])
    app.button(key="work_yes").click().run()
    finish(app)
    assert service.charges == 1


def test_k15_a_row_that_was_changed_is_another_and_asked_about(
    app: AppTest, service: StandIn
) -> None:
    ask_about_table(app)
    rows = services().library.scripts.rows(script_of(app))
    shorter = Row(id=rows[0].id, position=rows[0].position, text="Hi.", voice="Ashley")
    services().library.scripts.put_rows(script_of(app), [shorter])
    app.button(key="work_yes").click().run()
    assert service.posts == 0
    assert "2 clips of “" in words(app)


@pytest.mark.parametrize("price", [Decimal(130), None])
def test_k15_a_price_that_grew_is_asked_about_anew(
    app: AppTest, service: StandIn, price: Decimal | None
) -> None:
    ask_about_text(app)
    priced_anew(price)
    app.button(key="work_yes").click().run()
    assert service.posts == 0
    asked = "The price is not known." if price is None else "This will now cost about $0.005."
    assert asked in words(app)
    app.button(key="work_yes").click().run()
    finish(app)
    assert service.charges == 1


def test_k15_a_price_that_fell_is_not_asked_about(app: AppTest, service: StandIn) -> None:
    ask_about_text(app)
    priced_anew(Decimal(6))
    app.button(key="work_yes").click().run()
    finish(app)
    assert service.charges == 1


def test_k15_so_with_a_new_take_and_with_trying_again(app: AppTest, service: StandIn) -> None:
    opened(app)
    generate(app, "Good morning, and welcome to our store.")
    ask_above(0.0001)
    app.run()
    app.button(key="studio_take_1").click().run()
    assert "take 2 of" in words(app)
    priced_anew(Decimal(130))
    app.button(key="work_yes").click().run()
    assert "This will now cost about $0.005." in words(app)
    assert service.charges == 1
    app.button(key="work_yes").click().run()
    finish(app)
    assert service.charges == 2


def test_k15_so_with_an_audition(app: AppTest, service: StandIn) -> None:
    opened(app, "compare")
    ask_above(0.0001)
    record(app)
    priced_anew(Decimal(130))
    app.button(key="work_yes").click().run()
    assert "4 voices to record · it is more than you were asked before" in words(app)
    assert service.posts == 0


def test_k15_so_with_samples_whose_words_are_those_of_the_click(
    app: AppTest, service: StandIn
) -> None:
    opened(app, "voices")
    app.text_input(key="voices_line").input("Welcome.")  # and, at once, the button of before
    app.button(key="voices_hear_Ashley").click().run()
    finish(app)
    posted = [seen.json["text"] for seen in service.seen if seen.method == "POST"]
    assert posted == ["Welcome."]


def test_k15_a_resume_is_not_asked_about_unless_it_is_dearer_than_when_it_began(
    app: AppTest, service: StandIn
) -> None:
    service.hold()
    opened(app, "scripts")
    services().engines.pace.ceiling = 1
    write(app, TABLE)
    grow(script_of(app), 4)
    app.run()
    app.button(key="scripts_record").click().run()
    wait_until(lambda: service.posts > 0)
    app.button(key="scripts_pause").click().run()
    service.release()
    ask_above(0.0001)
    priced_anew(Decimal(130))
    before = service.posts
    app.button(key="scripts_resume").click().run()
    assert "the rest of" in words(app)
    assert "This will now cost about" in words(app)
    priced_anew(Decimal(13))
    app.button(key="work_no").click().run()
    assert service.posts <= before + 1
    app.button(key="scripts_resume").click().run()
    finish(app)
    wait_until(lambda: services().jobs.batch(script_of(app)) is None or service.charges == 6)
    assert service.charges == 6


def test_k15_two_colleagues_who_both_go_ahead_buy_it_once(app: AppTest, service: StandIn) -> None:
    service.latency_s = 0.2
    opened(app, "scripts")
    ask_above(0.0001)
    write(app, TABLE)
    colleague = AppTest.from_file(str(APP), default_timeout=20)
    colleague.session_state["_browser"] = app.session_state["_browser"]
    visit(colleague, "scripts")
    for each in (app, colleague):
        each.button(key="scripts_record").click().run()
    threads = [
        threading.Thread(target=each.button(key="work_yes").click().run)
        for each in (app, colleague)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    finish(app)
    assert (service.posts, len(services().library.scripts.made(script_of(app)))) == (2, 2)


def test_k15_a_double_click_on_go_ahead_buys_once(app: AppTest, service: StandIn) -> None:
    ask_about_text(app)
    go_ahead = app.button(key="work_yes")
    go_ahead.click().run()
    go_ahead.click().run()
    finish(app)
    assert service.charges == 1


def test_paying_again_for_one_part_buys_no_other_that_is_paid_for(
    app: AppTest, service: StandIn
) -> None:
    """A long clip with two failed parts: one lost answer, and one paid sound to be fetched."""
    opened(app)
    library = services().library
    lost, bought = (
        Utterance(model=CLOUD, voice="Ashley", text=text) for text in ("Good morning.", "Welcome.")
    )
    clip = library.clips.begin(
        Intent(
            pieces=[Part(utterance=lost), Part(utterance=bought)],
            script="Good morning. Welcome.",
            title="Good morning",
            owner="local",
            browser=app.session_state["_browser"],
        )
    )
    unclear = ChargeUnknownError("Its answer was lost.")
    library.ledger.write(Outcome.unknown(library.ledger.reserve(lost, owner="local"), unclear))
    library.ledger.write(
        Outcome.paid(
            library.ledger.reserve(bought, owner="local"),
            Answer(charge=Charge(usd=Decimal("0.001")), address=f"{service.url}/files/it.mp3"),
        )
    )
    service.reply(
        "GET /files/it.mp3", body=sound.speak("Welcome.", model=CLOUD, voice="Ashley", format="mp3")
    )
    library.clips.move(clip.id, "failed", Problem.of(unclear))
    app.run()
    app.button(key=f"work_twice_{clip.id}").click().run()
    finish(app)
    assert service.posts == 1
    assert {entry.state for entry in charges(library, bought)} == {"kept"}


# ---- A flood of clicks ----


def flood(app: AppTest, clicks: int, *, first: int = 0) -> None:
    for number in range(first, first + clicks):
        type_text(app, f"Sentence number {number}.")
        app.button(key="studio_generate").click().run()


@pytest.fixture
def few(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("SOUNDCHECK_CLIPS_PER_MINUTE", "3")
    return app


def test_s17_a_flood_of_clicks_buys_no_more_than_the_limit(few: AppTest, service: StandIn) -> None:
    opened(few)
    flood(few, 6)
    assert "That is more than 3 clicks for new clips in a minute." in words(few)
    assert re.search(r"Try again in \d+ s\. Nothing was bought", words(few))
    assert drawn(few.text_area, "studio_text").value == "Sentence number 5."
    finish(few)
    assert service.charges == 3


def test_s17_a_reload_or_another_tab_is_the_same_visitor(few: AppTest, service: StandIn) -> None:
    opened(few)
    flood(few, 3)
    tab = AppTest.from_file(str(APP), default_timeout=20).run()
    flood(tab, 2, first=10)
    assert "more than 3 clicks" in words(tab)
    finish(few)
    assert service.charges == 3


def test_s17_a_script_is_one_click(few: AppTest, service: StandIn) -> None:
    opened(few, "scripts")
    write(few, TABLE)
    grow(script_of(few), 10)
    few.run()
    few.button(key="scripts_record").click().run()
    finish(few)
    assert service.charges == 12


def test_s17_so_are_all_samples_of_a_model(few: AppTest, service: StandIn) -> None:
    opened(few, "voices")
    few.button(key="voices_record_all").click().run()
    finish(few)
    assert service.charges == 22


def test_s17_free_clips_count_as_well(few: AppTest, service: StandIn) -> None:
    opened(few)
    model_box(few).set_value("offline").run()
    flood(few, 4)
    assert "more than 3 clicks" in words(few)
    finish(few)
    assert len(services().library.listing.unfinished(few.session_state["_browser"])) == 0
    assert service.posts == 0


def test_s17_clips_in_the_making_have_a_limit_too(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOUNDCHECK_CLIPS_OPEN_MAX", "2")
    opened(app)
    pace = services().engines.pace
    pace.hold(PATIENCE_S)
    flood(app, 4)
    assert "2 clips are still in the making." in words(app)
    pace._held_until = 0.0
    pace.wake()
    finish(app)
    assert service.charges == 2


def test_money_stays_out_of_the_screens_own_hands() -> None:
    """Every way from a page to the job manager goes by the one that asks and counts."""
    ui = Path(__file__).resolve().parent.parent / "lib" / "ui"
    for file in ui.glob("*.py"):
        text = file.read_text(encoding="utf-8")
        if re.search(r"jobs\.(submit|run)\(", text):
            assert "count_order()" in text, file.name
        if re.search(r"session\.(submit|submit_all|resubmit)\b", text):
            assert "spend(" in text, file.name
