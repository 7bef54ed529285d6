"""The stand-in by hand, to show Soundcheck without a key and without spending anything."""

import argparse
import signal
import time
from decimal import Decimal

from tests.service.server import StandIn


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.service", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--latency", type=float, default=0.4, metavar="SECONDS")
    parser.add_argument("--download-latency", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--shape", choices=[f"S{n}" for n in range(1, 7)], default="S1")
    parser.add_argument("--status", type=int, choices=[200, 201], default=200)
    parser.add_argument("--default-format", choices=["wav", "mp3"], default="wav")
    parser.add_argument("--no-usd", action="store_true", help="answers name credits only")
    parser.add_argument("--long-text", choices=["accept", "refuse", "truncate"], default="accept")
    parser.add_argument("--link-life", type=float, metavar="SECONDS", help="signed links")
    parser.add_argument("--audio-max", type=float, metavar="SECONDS", help="cap on length")
    parser.add_argument("--balance", type=Decimal, default=Decimal(100), metavar="USD")
    given = parser.parse_args()

    service = StandIn(port=given.port, balance_usd=given.balance)
    service.latency_s = given.latency
    service.download_latency_s = given.download_latency
    service.shape = given.shape
    service.success_status = given.status
    service.default_format = given.default_format
    service.usd_spent = not given.no_usd
    service.long_text = given.long_text
    service.link_life_s = given.link_life
    service.audio_max_s = given.audio_max
    with service:
        print("The stand-in is listening. Start Soundcheck with:")
        print(f"  AIMLAPI_BASE_URL={service.url}")
        print(f"  AIMLAPI_KEY={service.key}")
        print("Only if another program serves the sound:  AIMLAPI_AUDIO_HOSTS=host:port")
        print(f"Counters: {service.url}/stand-in/counters   Stop: Ctrl+C", flush=True)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            while True:
                time.sleep(1)
        except KeyboardInterrupt:
            print(service.counters())


main()
