"""Take out a script: its clips in one ZIP, joined as one sound, or its words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lib import export
from lib.catalogue import Catalogue
from lib.export.scripts import script_csv, script_docx
from lib.library import Library
from lib.orders.parts import LINE_GAP_S
from lib.script import Line, chapters, dialogue
from lib.scripting.state import ScriptState
from lib.scripting.units import line_of, turns_of
from lib.speech import Format
from lib.take_out import clips
from lib.take_out.pieces import Track
from lib.take_out.prepared import PreparedFiles
from lib.take_out.taking import TakeOut, caption_files
from lib.tasks import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One prepared file, by its name in their folder. suffix: such as "zip".

    length_s, voices: those of the sound that it is or belongs to; voices by their names.
    """

    name: str
    suffix: str
    size_bytes: int
    length_s: float = 0.0
    voices: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptFiles:
    """Makes the files of one script in one state. Large ones go into the folder of prepared files.

    These take a while: `progress` is called as (done, total), and its errors stop the work.
    Raises StorageError if a sound is gone or damaged, or the disk is full.
    """

    state: ScriptState
    library: Library
    catalogue: Catalogue
    prepared: PreparedFiles

    def zip(self, progress: Progress, *, with_captions: bool) -> Taken:
        """A ZIP of the numbered clips, their captions, a list of them, and the script."""
        out, tracks = self._out(), self._tracks()
        is_table = self.state.script.kind == "table"
        words = ("script.csv", self.csv()) if is_table else ("script.docx", self.docx())

        def entries() -> Iterator[export.ZipEntry]:
            for done, track in enumerate(tracks):
                progress(done, len(tracks))
                yield self._entry(out, track, with_captions=with_captions)

        name = out.zip(
            entries(),
            count=len(tracks),
            files=[words],
            expected_bytes=sum(track.clip.size_bytes or 0 for track in tracks),
        )
        return self._taken(name, "zip")

    def joined(self, progress: Progress, *, format: Format) -> list[Taken]:
        """All clips as one sound, then its captions.

        Raises InvalidRequestError for a wav of over 4 GB.
        """
        title = self.state.script.title
        made = self._out().joined(self._tracks(), title=title, format=format, progress=progress)
        files = [self._taken(made.name, format, made.length_s, made.voices)]
        stem, _, _ = made.name.partition(".")
        for suffix, words in caption_files(made.cues).items():
            self.prepared.put(f"{stem}.{suffix}", words)
            files.append(self._taken(f"{stem}.{suffix}", suffix, made.length_s, made.voices))
        return files

    def csv(self) -> bytes:
        """The words as a table that can be imported again."""
        return script_csv(lines_of(self.state))

    def docx(self) -> bytes:
        """The words as typed; each row of a table has its title as a heading."""
        text = self.state.script.text or dialogue.text_of(lines_of(self.state))
        if self.state.script.kind == "table":
            text = "\n".join(
                f"# {' '.join(line.title.split())}\n{line.text}"
                if line.title.strip()
                else line.text
                for line in lines_of(self.state)
            )
        return script_docx(self.state.script.title, text)

    def _out(self) -> TakeOut:
        return TakeOut(self.library, self.prepared, voice_label=self.catalogue.voice_label)

    def _tracks(self) -> list[Track]:
        """The recorded clips that still exist, in the order of the script."""
        heard = [(each, each.clip.id) for each in self.state.recorded if each.clip]
        found = {clip.id: clip for clip in self.library.listing.many([id for _, id in heard])}
        return [
            Track(
                clip=found[clip_id],
                title=each.unit.title,
                lines=each.unit.request.lines,
                pause_after_s=LINE_GAP_S
                if each.unit.pause_after_s is None
                else each.unit.pause_after_s,
                at_s=each.unit.start_s,
            )
            for each, clip_id in heard
            if clip_id in found
        ]

    def _entry(self, out: TakeOut, track: Track, *, with_captions: bool) -> export.ZipEntry:
        return replace(
            clips.zip_entry(track.clip, self.library, self.catalogue),
            title=track.title,
            open=lambda: out.sound(track),
            beside=lambda: caption_files(out.captions(track)) if with_captions else {},
        )

    def _taken(
        self, name: str, suffix: str, length_s: float = 0.0, voices: Sequence[str] = ()
    ) -> Taken:
        path = self.prepared.local(name)
        size_bytes = path.stat().st_size if path else 0
        return Taken(
            name=name, suffix=suffix, size_bytes=size_bytes, length_s=length_s, voices=voices
        )


def heard_in(state: ScriptState) -> list[tuple[object, ...]]:
    """A key of the sounds in order: equal for two states that give the same joined sound."""
    return [
        (each.clip.id, each.unit.title, each.unit.pause_after_s, each.unit.start_s)
        for each in state.recorded
        if each.clip
    ]


def lines_of(state: ScriptState) -> Sequence[Line]:
    """The words of a script of any kind, as lines."""
    if state.script.kind == "table":
        return [line_of(row) for row in state.rows]
    if state.script.kind == "dialogue":
        return turns_of(state.script, state.rows, state.cast)
    return chapters.lines(state.script.text)
