"""A stand-in for the text-to-speech service: real sockets, real sound, faults on demand.

server.py     StandIn: the settings, the counters, the faults to come
handler.py    one connection: requests in, answers out
routes.py     what each address answers; account.py its money and records
faults.py     ways to misbehave; refusals.py the service's error answers
sound.py      speech-like sound, made in no time
catalogue.py  models, voices, limits, prices

It knows nothing of lib/, so that both cannot share one mistake.
"""

from tests.service.server import Seen, StandIn

__all__ = ["Seen", "StandIn"]
