"""The online service: the module that wraps its text-to-speech API.

client.py      AimlApi: what the rest of Soundcheck uses
answers.py     what came back for a POST, turned into an outcome
refusals.py    the service's errors as ours; problems.py reads their bodies
download.py    the sound behind an answer's address; addresses.py says which may be visited
account.py     prices, balance and records
pace.py        how many calls at once, and how many tries
transport.py   the only importer of requests; deadline.py ends what takes too long
"""

from lib.aimlapi.account import Price
from lib.aimlapi.client import AimlApi
from lib.aimlapi.pace import Pace, RetryQuota

__all__ = ["AimlApi", "Pace", "Price", "RetryQuota"]
