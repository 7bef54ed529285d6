"""The client of the online service's text-to-speech API.

client.py      AimlApi: the class that the rest of Soundcheck uses
answers.py     turns the reply to a POST into an outcome
refusals.py    turns the service's errors into ours; problems.py reads their bodies
download.py    fetches the sound from an answer's address; addresses.py says which are allowed
account.py     prices, balance and records
pace.py        limits the number of calls at once, and of retries
transport.py   the only importer of requests; deadline.py ends calls that take too long
"""

from lib.aimlapi.account import Price
from lib.aimlapi.client import AimlApi
from lib.aimlapi.pace import Pace, RetryQuota

__all__ = ["AimlApi", "Pace", "Price", "RetryQuota"]
