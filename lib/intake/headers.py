"""Recognize column names in many languages, and whether a first row is a header."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal, get_args

Role = Literal["pause", "voice", "speaker", "title", "text"]
# Roles are tried in this order for names of several words: "Voice name", "Speaker name" and
# "Prompt name" are a voice, a speaker and a title.
ROLES: tuple[Role, ...] = get_args(Role)


def _listed(names: str) -> frozenset[str]:
    return frozenset(unicodedata.normalize("NFKD", names).split(","))


# Lower case without accents. English, German, French, Spanish, Italian, Portuguese; the usual ones
# of other languages.
NAMES: dict[Role, frozenset[str]] = {
    "pause": _listed(
        "pause,pauses,gap,silence,delay,wait,break,stille,pausendauer,wartezeit,duree de pause,"
        "pausa,pausas,silencio,silenzio,intervalo,intervallo"
    ),
    "voice": _listed(
        "voice,voices,voice name,voice id,stimme,stimmen,stimmname,voix,voz,voce,"
        "stem,stemmen,głos,hlas,rost,ses,голос,声,音声,语音,音色,목소리"
    ),
    "speaker": _listed(
        "speaker,speakers,character,role,actor,narrator,cast,sprecher,sprecherin,rolle,figur,"
        "person,erzahler,locuteur,locutrice,intervenant,personnage,narrateur,hablante,"
        "personaje,locutor,locutora,narrador,rol,parlante,personaggio,ruolo,narratore,"
        "falante,personagem,papel,orador,oratore,spreker,personage,postać,lektor,диктор,персонаж,"
        "роль,話者,角色,화자"
    ),
    "title": _listed(
        "title,name,file,filename,file name,clip,clip name,id,key,label,slug,nr,number,code,"
        "subject,heading,titel,datei,dateiname,bezeichnung,nummer,kennung,schlussel,betreff,"
        "uberschrift,titre,nom,fichier,nom de fichier,nom du fichier,numero,cle,libelle,titulo,"
        "nombre,archivo,nombre de archivo,fichero,clave,etiqueta,titolo,nome,nome file,chiave,"
        "etichetta,arquivo,nome do arquivo,ficheiro,chave"
    ),
    "text": _listed(
        "text,texts,script,prompt,copy,line,lines,sentence,message,words,narration,transcript,"
        "dialog,dialogue,content,body,caption,subtitle,voiceover,voice over,voiceover text,"
        "voice over text,vo,vo text,spoken text,announcement,utterance,transcription,translation,"
        "skript,satz,nachricht,ansage,"
        "ansagetext,inhalt,sprechtext,sprechertext,sprecher text,wortlaut,meldung,drehbuch,"
        "untertitel,texte,phrase,replique,contenu,annonce,texte a dire,voix off,sous titre,texto,"
        "frase,guion,mensaje,contenido,locucion,dialogo,voz en off,subtitulo,testo,battuta,"
        "messaggio,contenuto,annuncio,copione,sottotitolo,fala,roteiro,mensagem,conteudo,locucao,"
        "anuncio,legenda,greeting,sentences,msg,durchsage,"
        "audiotext,begrussung,tekst,zin,bericht,kwestia,replik,metin,текст,реплика,"
        "テキスト,本文,セリフ,台詞,文本,台词,텍스트,대사"
    ),
}
# Names of what a voice, a speaker or a text is like. "Voice language" is not a voice.
QUALITIES = _listed(
    "language,lang,locale,sprache,langue,idioma,lingua,count,length,duration,speed,style,gender,"
    "status,rate,pitch,volume,emotion,anzahl,lange,dauer,geschlecht"
)
NAME_MAX_WORDS = 3
# Names that end with a full stop and are no sentence.
ABBREVIATED = _listed("nr,no,num,pos,kap,sec,min,sek,lfd nr")
HEADER_MAX_CHARS = 60
SENTENCE_END = re.compile(r"[.!?…。！？।؟][\"'”’»)]*$")
IN_BRACKETS = re.compile(r"\s{0,9}[(\[][^()\[\]]{1,30}[)\]]$")
NUMBER = re.compile(r"[-+]?[\d.,:/\s%]{1,40}")  # bounded: a cell may have 100,000 digits


def plain(name: str) -> str:
    """A name reduced to its words: "Prompt_Text (EN)" and "prompt text en" are the same."""
    # No known name is longer. The time to remove accents grows with the square of their number.
    letters = unicodedata.normalize("NFKD", name[:HEADER_MAX_CHARS]).casefold()
    kept = "".join(char for char in letters if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", kept))


def role_of(name: str) -> Role | None:
    """The role of a column with exactly this name."""
    words = plain(name)
    return next((role for role in ROLES if words in NAMES[role]), None)


def hinted_role_of(name: str) -> Role | None:
    """The role of a column by some of the words in its name, as in "Voice over script (EN)".

    The longest known name in it decides. None if it names a quality, as "Voice language" does.
    """
    words = plain(name).split()
    parts = {
        " ".join(words[begin:end])
        for begin in range(len(words))
        for end in range(begin + 1, min(begin + NAME_MAX_WORDS, len(words)) + 1)
    }
    found = [(role, part) for role in ROLES for part in NAMES[role] & parts]
    if not found:
        return None
    role, _ = max(found, key=lambda each: each[1].count(" "))
    return None if role != "pause" and QUALITIES.intersection(words) else role


def roles_in(row: Sequence[str]) -> set[Role]:
    """The roles of the columns with exactly these names."""
    return {role for name in row if (role := role_of(name))}


def is_header(first: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row is a header and not data."""
    names = [name.strip() for name in first]
    if any(len(name) > HEADER_MAX_CHARS or _is_sentence(name) for name in names):
        return False
    if any(role_of(name) for name in names) or (len(names) == 1 and _is_of_a_list(names[0])):
        return True
    if len(names) < 2 or not rows or any(not name or NUMBER.fullmatch(name) for name in names):
        return False
    columns = list(zip(*rows, strict=True))[: len(names)]
    if any(name in column for name, column in zip(names, columns, strict=True)):
        return False
    return any(
        _unlike(name, [cell for cell in column if cell.strip()])
        for name, column in zip(names, columns, strict=True)
    )


def _is_of_a_list(name: str) -> bool:
    """Whether it names the texts below it: "prompt_text", "Announcement (English)"."""
    words = plain(name).split()
    known = bool(words) and all(word in NAMES["text"] for word in words)
    return known or role_of(IN_BRACKETS.sub("", name)) == "text"


def _is_sentence(name: str) -> bool:
    """Whether it ends as one. "Frage Nr." and "Stop No." do not."""
    words = plain(name).split()
    short = plain(name) in ABBREVIATED or (len(words) == 2 and words[-1] in ABBREVIATED)
    return bool(SENTENCE_END.search(name)) and not short


def _unlike(name: str, cells: list[str]) -> bool:
    """Whether a name differs from its column, which has numbers, sentences or capital letters."""
    if not cells:
        return False
    numbers = all(NUMBER.fullmatch(cell.strip()) for cell in cells)
    sentences = 2 * sum(bool(SENTENCE_END.search(cell.strip())) for cell in cells) > len(cells)
    small = name[0].islower() and not any(cell.strip()[0].islower() for cell in cells)
    return numbers or sentences or small
