"""Make files to take out: clips with tags and captions, many in one ZIP or joined as one sound."""

from lib.take_out.pieces import Track
from lib.take_out.prepared import DAY_S, PreparedFiles
from lib.take_out.taking import JoinedFile, TakeOut, caption_files

__all__ = ["DAY_S", "JoinedFile", "PreparedFiles", "TakeOut", "Track", "caption_files"]
