"""Prices, balance and records: the requests that are free."""

from dataclasses import replace
from decimal import Decimal

import pytest

from lib.aimlapi import Price
from lib.errors import KeyRejectedError, ServiceBusyError, ServiceUnreachableError
from lib.speech import Answer, Charge
from tests.aimlapi import HELLO, client
from tests.service import StandIn
from tests.service.faults import hang, status
from tests.service.routes import CATALOGUE_ETAG

MAX, MINI = "inworld/tts-1-max", "inworld/tts-1-5-mini"
MODELS = "GET /v1/models"


def priced(service: StandIn, pricing: object) -> Price:
    service.reply(MODELS, json={"data": [{"id": MAX, "pricing": pricing}]})
    return client(service).prices([MAX])[MAX]


def test_prices_are_read_without_a_key(service: StandIn) -> None:
    prices = client(service, key="").prices([MAX, MINI])

    assert {model: price.usd_per_million for model, price in prices.items()} == {
        MAX: Decimal(13),
        MINI: Decimal("6.5"),
    }
    assert all("Authorization" not in seen.headers for seen in service.seen)
    assert service.seen[0].path == "/v1/models?id=inworld%2Ftts-1-max&include=pricing"


def test_prices_that_have_not_changed_are_not_sent_again(service: StandIn) -> None:
    api = client(service)
    known = {MAX: Price(usd_per_million=Decimal(7), etag=CATALOGUE_ETAG)}

    prices = api.prices([MAX, MINI], known)

    assert prices[MAX] is known[MAX]
    assert prices[MINI].usd_per_million == Decimal("6.5")
    assert service.seen[0].headers["If-None-Match"] == CATALOGUE_ETAG
    assert "If-None-Match" not in service.seen[1].headers


def test_prices_that_have_changed_are_taken_anew(service: StandIn) -> None:
    known = {MAX: Price(usd_per_million=Decimal(7), etag='W/"older"')}

    prices = client(service).prices([MAX], known)

    assert prices == {MAX: Price(usd_per_million=Decimal(13), etag=CATALOGUE_ETAG)}


def test_model_the_service_does_not_list_has_no_price(service: StandIn) -> None:
    assert client(service).prices(["inworld/tts-0", MAX]).keys() == {MAX}


def test_model_is_found_by_another_of_its_names(service: StandIn) -> None:
    assert client(service).prices(["tts-1-max"]).keys() == {"tts-1-max"}


@pytest.mark.parametrize(
    ("pricing", "usd_per_million"),
    [
        (
            {"kind": "fixed", "units": [{"name": "characters", "price": 0.013, "per": 1000}]},
            Decimal(13),
        ),
        ({"units": [{"measure": "Char", "price": "0.000035", "per": 1}]}, Decimal(35)),
        (
            {
                "units": [
                    {"name": "request", "price": 9, "per": 1},
                    {"name": "1M characters", "price": 25, "per": 1_000_000},
                ]
            },
            Decimal(25),
        ),
        (
            {
                "kind": "variants",
                "variants": [
                    {"when": {"quality": "low"}, "unit": "character", "price": 10, "per": 1e6},
                    {"when": {"quality": "high"}, "unit": "character", "price": 20, "per": 1e6},
                ],
            },
            Decimal(20),
        ),
        ({"kind": "variable"}, None),
        ({"units": [{"name": "seconds", "price": 1, "per": 1}]}, None),
        ({"units": [{"name": "characters", "price": None, "per": 0}]}, None),
        ({"units": "free"}, None),
        (None, None),
    ],
)
def test_price_is_read_from_any_unit_that_counts_characters(
    service: StandIn, pricing: object, usd_per_million: Decimal | None
) -> None:
    assert priced(service, pricing).usd_per_million == usd_per_million


def test_balance_tries_a_key_without_spending(service: StandIn) -> None:
    assert client(service).balance() == Decimal(100)

    client(service).synthesize(HELLO)

    assert client(service).balance() == Decimal("99.999922")
    assert service.charges == 1


def test_balance_may_lie_below_zero(service: StandIn) -> None:
    service.reply("GET /v2/billing", json={"current_balance": -0.25})

    assert client(service).balance() == Decimal("-0.25")


def test_wrong_key_is_said_to_be_wrong(service: StandIn) -> None:
    with pytest.raises(KeyRejectedError, match="not accepted") as caught:
        client(service, key="sk-canary").balance()

    assert "sk-canary" not in f"{caught.value} {caught.value.detail}"


def test_charge_is_found_in_the_records_by_its_id(service: StandIn) -> None:
    api = client(service)
    for n in range(3):
        api.synthesize(HELLO, client_id=f"sc-{n}")

    assert api.logs("sc-1") == Answer(
        charge=Charge(usd=Decimal("0.000078"), credits=156, source="logs"),
        reference=service.account.sales[1].inference_id,
    )
    assert api.logs("sc-9") is None


def test_records_are_searched_page_by_page(service: StandIn) -> None:
    api = client(service)
    api.synthesize(HELLO, client_id="sc-oldest")
    [oldest] = service.account.sales
    service.account.sales += [replace(oldest, client_id=f"sc-{n}") for n in range(250)]

    found = api.logs("sc-oldest")

    assert found
    assert [seen.path for seen in service.seen if "logs" in seen.path] == [
        f"/v2/logs?period=7d&limit=100&offset={offset}" for offset in (0, 100, 200)
    ]


def test_records_without_end_are_given_up(service: StandIn) -> None:
    page = {"data": [{"client_request_id": "other"}], "pagination": {"has_more": True}}
    service.reply("GET /v2/logs", json=page)

    with pytest.raises(ServiceBusyError, match="too long"):
        client(service).logs("sc-1")

    assert service.gets == 150


@pytest.mark.parametrize("body", [b"<html>", b"", b"[]", b"{}", b'{"current_balance": "much"}'])
def test_answer_that_cannot_be_read_is_no_balance(service: StandIn, body: bytes) -> None:
    service.reply("GET /v2/billing", body=body)

    with pytest.raises(ServiceBusyError, match="cannot read"):
        client(service).balance()


def test_question_is_asked_once(service: StandIn) -> None:
    service.fault(status(503), times=5, on="get")

    with pytest.raises(ServiceBusyError):
        client(service).balance()

    assert service.gets == 1


def test_question_ends_at_its_own_deadline(service: StandIn) -> None:
    service.fault(hang(), on="get")

    with pytest.raises(ServiceUnreachableError):
        client(service, account_s=0.3).balance()


def test_service_that_is_away_is_said_to_be_away(service: StandIn) -> None:
    service.stop()

    with pytest.raises(ServiceUnreachableError):
        client(service).balance()


@pytest.mark.parametrize(
    "price",
    ["0", "0.0", "1e30", "1e9999999", "1e-30", "-5", "9" * 5_000],
    ids=lambda price: price[:16],
)
def test_k14_a_price_that_cannot_be_true_is_not_known(service: StandIn, price: str) -> None:
    units = f'[{{"name": "characters", "price": {price}, "per": 1000000}}]'
    body = f'{{"data": [{{"id": "{MAX}", "pricing": {{"units": {units}}}}}]}}'
    service.reply(MODELS, body=body.encode(), headers={"ETag": '"new"'})

    assert client(service).prices([MAX]) == {MAX: Price(usd_per_million=None)}


def test_k16_a_price_that_is_not_known_is_asked_for_in_full(service: StandIn) -> None:
    known = {MAX: Price(usd_per_million=None, etag=CATALOGUE_ETAG)}

    assert client(service).prices([MAX], known)[MAX].usd_per_million == Decimal(13)


@pytest.mark.parametrize("aliases", [5, None, True, {MAX: 1}, MAX], ids=str)
def test_k14_a_catalogue_of_another_shape_names_no_price(service: StandIn, aliases: object) -> None:
    service.reply(MODELS, json={"data": [{"id": "other", "aliases": aliases}]})

    assert client(service).prices([MAX]) == {}


@pytest.mark.parametrize(
    "balance",
    ["1e30", "-1e30", "1e9999999", "NaN", "9" * 5_000, "[" * 5_000, "null", "true"],
    ids=lambda balance: balance[:16],
)
def test_k14_a_balance_that_cannot_be_true_cannot_be_read(service: StandIn, balance: str) -> None:
    service.reply("GET /v2/billing", body=f'{{"current_balance": {balance}}}'.encode())

    with pytest.raises(ServiceBusyError, match="cannot read"):
        client(service).balance()


def test_k14_records_with_absurd_numbers_say_that_the_cost_is_not_known(service: StandIn) -> None:
    entry = '{"client_request_id": "sc-1", "inference_id": [7], "cost": {"usd": 1e30, "credits": '
    service.reply("GET /v2/logs", body=f'{{"data": [{entry}1e9999999}}}}]}}'.encode())

    unknown = Answer(charge=Charge(source="logs"))
    assert client(service).logs("sc-1") == unknown


@pytest.mark.parametrize("cost", [{"usd": 0}, {"usd": 0, "credits": 0}, {"usd": 0.0}])
def test_a_call_of_no_dollars_and_no_credits_cost_nothing(service: StandIn, cost: object) -> None:
    service.reply("GET /v2/logs", json={"data": [{"client_request_id": "sc-1", "cost": cost}]})

    found = client(service).logs("sc-1")
    assert found
    assert found.charge.usd == 0


def test_k16_credits_that_were_used_are_believed_before_dollars_that_were_not(
    service: StandIn,
) -> None:
    entry = {"client_request_id": "sc-1", "cost": {"usd": 0, "credits": 2_000_000}}
    service.reply("GET /v2/logs", json={"data": [entry]})

    found = client(service).logs("sc-1")
    assert found
    assert found.charge.usd == 1
