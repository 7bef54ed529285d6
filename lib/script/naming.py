"""Find who is named at the start of a line, as in "ANNA (smiling): Of course."

A line only may name somebody: `lib.script.dialogue` judges all lines together.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

import regex  # type: ignore[import-untyped]  # letters of every script

# Word puts a no-break blank before a French colon.
BLANK = r"[ \t\u00a0\u2009\u202f\u3000]"
NAME = r"[\p{L}\p{N}][\p{L}\p{M}\p{N}_ \u00a0\u202f.'’&#,/-]{0,40}"
DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
HALF = r"(?:[ \u00a0]?[AaPp]\.?[Mm]\.?)"
CLOCK = rf"(?:{DAY},?[ ])?\d{{1,2}}:\d\d(?::\d\d)?(?:[.,]\d{{1,3}})?{HALF}?"
TIME = rf"(?:\[{CLOCK}(?:[ ]?(?:-->|[-–—])[ ]?{CLOCK})?\]|\({CLOCK}\)|{CLOCK})"
DIRECTION = r"(?:\([^()\n]{1,60}\)|\[[^\[\]\n]{1,60}\])"
# Not of "http://", "10:30", "C:\\Users" and ":-)".
COLON = r"[:：](?!//|\d|\\|-?[()DPp|](?:\s|$))"
BEGIN = (
    rf"^[\u200e\u200f]{{0,3}}{BLANK}{{0,20}}(?:{TIME}{BLANK}{{0,3}}[-–—]?{BLANK}{{0,3}})?"
    rf"(?:(?:[-–—•*]|>{{1,3}}){BLANK}{{1,3}})?"
)

# "ANNA: …", "**Anna:** …", "“ANNA”: …", "[ANNA]: …", each with a direction or a time.
TOLD = regex.compile(
    rf"{BEGIN}(?:\*{{1,3}}|_{{1,2}}|[\"“„«‘\[<(]{BLANK}?)?(?P<name>{NAME}?)"
    rf"(?:{BLANK}{{0,3}}(?:{DIRECTION}|{TIME})){{0,2}}"
    rf"(?:\*{{1,3}}|_{{1,2}}|{BLANK}?[\"”“»’\]>)])?"
    rf"(?:{BLANK}{{0,3}}(?:{DIRECTION}|{TIME})){{0,2}}"
    rf"{BLANK}{{0,3}}{COLON}(?:\*{{1,3}}|_{{1,2}})?{BLANK}*+(?P<words>.*+)$"
)
# "[Anna] Good morning", "<anna> hi", and "(ANNA) Good morning".
BRACKETED = regex.compile(
    rf"{BEGIN}(?:\[(?P<name>{NAME})\]|<(?P<chat>{NAME})>|\((?P<aside>{NAME})\))"
    rf"{BLANK}{{1,3}}(?P<words>\S.*+)$"
)
# "Anna Lee  0:03", alone: what she says stands below.
ABOVE = regex.compile(
    rf"^{BLANK}{{0,20}}(?:\[?(?P<name>{NAME}?)\]?{BLANK}{{1,9}}(?:[-–—] )?"
    rf"(?:(?:Today|Yesterday) at )?{TIME}|\[{CLOCK}\]{BLANK}{{1,9}}(?P<after>{NAME}?)){BLANK}*+$"
)

SIGN = re.compile(r"[:：\[<(]")
LONGEST_CHARS = 200  # enough for a name with a direction and a time
NUMBERED = regex.compile(
    r"(?i)#?[ _-]*(?:\d{1,4}|(?<![\p{L}])(?:[ivx]{1,5}|[a-h]|one|two|three|four|five|six|seven|"
    r"eight|nine|ten|eins|zwei|drei|vier|fünf|un|deux|trois|uno|dos|tres|due|tre))[.)]?$"
)
# What names somebody with a number: "Speaker 1", "SPEAKER_00", "Agent #2".
ROLES = regex.compile(
    r"(?i)(?:speaker|spk|agent|caller|customer|client|guest|host|person|participant|interviewer|"
    r"interviewee|narrator|voice|man|woman|boy|girl|student|teacher|moderator|panelist|player|"
    r"user|actor|officer|nurse|doctor|guard|waiter|employee|colleague|child|"
    r"sprecher(?:in)?|stimme|kunde|kundin|gast|mann|frau|anrufer|erzähler|"
    r"locuteur|voix|client|homme|femme|hablante|voz|cliente|hombre|mujer|parlante|voce|uomo|donna)"
    r"[ _-]*#?[ _-]*\d{1,3}"
)
NAME_WORDS = 4
NICKNAME_CHARS = 12


def _listed(words: str) -> frozenset[str]:
    return frozenset(each.strip().casefold() for each in words.split(","))


PERSONS = _listed(
    "man,woman,boy,girl,guard,lady,gentleman,officer,nurse,doctor,teacher,student,waiter,driver,"
    "clerk,host,guest,caller,voice,child,kid,customer,narrator,mann,frau,junge,mädchen,kind,gast"
)
PARTICLES = _listed(
    "von,van,de,der,den,del,della,di,da,do,dos,la,le,el,al,bin,ibn,the,of,and,und,et,y,e,&"
)
# What stands before a colon and is said by nobody, also with a number.
LABELS = _listed(
    """
    note,notes,warning,caution,attention,important,tip,hint,example,examples,remember,danger,info,
    step,point,item,part,chapter,section,question,answer,task,exercise,rule,lesson,day,week,month,
    year,page,figure,table,option,option a,option b,phase,stage,level,unit,module,slide,scene,act,
    verse,chorus,bridge,intro,outro,exit,gate,platform,room,floor,number,appendix,article,clause,
    monday,tuesday,wednesday,thursday,friday,saturday,sunday,today,tomorrow,weekdays,weekends,
    january,february,march,april,may,june,july,august,september,october,november,december,
    date,time,place,location,address,phone,telephone,tel,mobile,fax,e-mail,email,mail,web,website,
    url,price,cost,total,subtotal,tax,size,weight,colour,color,quantity,amount,model,brand,status,
    subject,re,fw,fwd,from,to,cc,bcc,sent,ps,p.s,nb,n.b,fyi,asap,summary,result,results,conclusion,
    ingredients,method,directions,instructions,serves,preparation,equipment,materials,tools,
    delivery address,phone number,e.g,i.e,front,back,myth,fact,word,translation,pro,contra,con,
    symptom,treatment,cause,effect,problem,solution,reason,team,group,thanks,version,language,
    步骤,手順,步驟,第,注意,注,
    title,author,editor,source,topic,agenda,goal,goals,aim,aims,purpose,background,description,
    details,features,benefits,requirements,deadline,duration,length,opening hours,hours,open,closed,
    participants,attendees,present,absent,minutes,action,actions,next steps,decision,decisions,
    pros,cons,before,after,first,second,third,finally,then,breaking,update,correction,reminder,
    hinweis,hinweise,achtung,warnung,wichtig,tipp,beispiel,schritt,punkt,kapitel,abschnitt,teil,
    frage,antwort,aufgabe,regel,tag,woche,seite,raum,etage,stock,gleis,montag,dienstag,mittwoch,
    donnerstag,freitag,samstag,sonntag,sonnabend,heute,morgen,datum,uhrzeit,zeit,ort,adresse,
    telefon,preis,gesamt,summe,größe,gewicht,farbe,menge,betreff,von,an,zutaten,zubereitung,titel,
    autor,quelle,thema,ziel,zweck,beschreibung,öffnungszeiten,geöffnet,geschlossen,teilnehmer,
    remarque,note bien,attention,important,avertissement,conseil,astuce,exemple,étape,point,
    chapitre,partie,question,réponse,règle,jour,semaine,page,salle,étage,lundi,mardi,mercredi,jeudi,
    vendredi,samedi,dimanche,aujourd'hui,demain,date,heure,lieu,adresse,téléphone,prix,total,taille,
    poids,couleur,objet,de,à,ingrédients,préparation,titre,auteur,source,sujet,but,horaires,ouvert,
    fermé,nota,aviso,atención,importante,advertencia,consejo,ejemplo,paso,punto,capítulo,parte,
    pregunta,respuesta,regla,día,semana,página,sala,piso,lunes,martes,miércoles,jueves,viernes,
    sábado,domingo,hoy,mañana,fecha,hora,lugar,dirección,teléfono,precio,tamaño,peso,color,asunto,
    para,ingredientes,preparación,título,fuente,tema,objetivo,horario,abierto,cerrado,
    avviso,attenzione,avvertenza,consiglio,esempio,passo,capitolo,domanda,risposta,regola,giorno,
    settimana,pagina,stanza,piano,lunedì,martedì,mercoledì,giovedì,venerdì,sabato,domenica,oggi,
    domani,data,ora,luogo,indirizzo,telefono,prezzo,totale,misura,colore,oggetto,ingredienti,
    preparazione,titolo,autore,fonte,argomento,scopo,orari,aperto,chiuso,
    atenção,conselho,dica,exemplo,etapa,passo,capítulo,pergunta,resposta,regra,dia,segunda,terça,
    quarta,quinta,sexta,hoje,amanhã,local,endereço,telefone,preço,tamanho,cor,assunto,preparo,
    opmerking,let op,waarschuwing,voorbeeld,stap,hoofdstuk,maandag,dinsdag,woensdag,donderdag,
    vrijdag,zaterdag,zondag,prijs,adres,onderwerp,uwaga,krok,przykład,rozdział,poniedziałek,
    wtorek,środa,czwartek,piątek,sobota,niedziela,cena,adres,temat
    """
)
# Captions for the deaf tell sounds in the same brackets as names.
SOUNDS = _listed(
    """
    music,music playing,upbeat music,applause,laughter,laughing,laughs,cheering,cheers,silence,
    pause,inaudible,crosstalk,noise,background noise,foreign,singing,sighs,coughs,gasps,crying,
    screaming,whispering,whispers,door opens,door closes,phone rings,ringing,beep,bleep,static,
    clapping,happy,sad,angry,surprised,fearful,disgusted,whisper,breathe,clear_throat,cough,laugh,
    sigh,yawn,break,wait,musik,applaus,gelächter,lachen,stille,musique,rires,applaudissements,
    silence,música,risas,aplausos,silencio,musica,risate,applausi,silenzio,palmas,risos,muziek
    """
)


Form = Literal["told", "nickname", "bracketed", "above"]


class Head(NamedTuple):
    """Who may be named at the start of a line, and the words after it.

    form: "told" with a colon; "nickname" as in "anna: hi"; "bracketed" as in "[Anna] Hello";
    "above" as in "Anna  0:03", where the words stand on the lines below. All but the first name
    somebody only if they do so several times.
    """

    name: str
    words: str
    form: Form = "told"


def head_of(line: str) -> Head | None:
    """The name at the start of a line, if it may have one. "http:" and "10:30" are none."""
    start = line[:LONGEST_CHARS]
    if not SIGN.search(start):  # as most lines: three patterns would take ten times as long
        return None
    if found := TOLD.match(start):
        name, words = found["name"], line[found.start("words") :].strip()
        if _may_be_name(name):
            return Head(_tidy(name), words)
        if name.isalpha() and name.islower() and len(name) <= NICKNAME_CHARS:
            return Head(name, words, "nickname")
    if (found := ABOVE.match(start)) and len(line) <= LONGEST_CHARS:
        name = found["name"] or found["after"]
        if _may_be_name(name):
            return Head(_tidy(name), "", "above")
    if found := BRACKETED.match(start):
        name = found["name"] or found["chat"] or found["aside"]
        if _may_be_name(name) and not _is_direction(name):
            return Head(_tidy(name), line[found.start("words") :].strip(), "bracketed")
    return None


@lru_cache(maxsize=4096)
def same_person(speaker: str) -> str:
    """A key that is equal for names that differ only in case."""
    return unicodedata.normalize("NFC", speaker).casefold()


@lru_cache(maxsize=4096)
def is_label(name: str) -> bool:
    """Whether a name is a label such as "Step 1", "Monday" or "Hinweis"."""
    small = same_person(name).rstrip(".")
    if small in LABELS:
        return True
    number = NUMBERED.search(small)
    return bool(number) and small[: number.start()].strip(" _-#.") in LABELS


@lru_cache(maxsize=4096)
def is_likely_name(name: str) -> bool:
    """Whether one turn is enough to take it for a name: "Dr. Ames", "SPEAKER_00", "the Guard"."""
    if is_label(name) or "," in name:
        return False
    if ROLES.fullmatch(name):
        return True
    words = name.split()
    if name[0].isdigit() or any(map(str.isdigit, words)):
        return False
    if words[-1].casefold() in PERSONS:  # "Older man"
        return True
    return all(not word[0].islower() or word.casefold() in PARTICLES for word in words)


def _may_be_name(words: str) -> bool:
    """A name does not begin with a small letter, and has at most four words."""
    first = words[:1]
    if not first or first.islower() or len(words.split()) > NAME_WORDS:
        return False
    return any(map(str.isalpha, words))


def _is_direction(name: str) -> bool:
    """Whether it tells a sound, or how something is said: "[Music]", "(Smiling)", "(Quietly)"."""
    small = same_person(name)
    return small in SOUNDS or small.endswith(("ing", "ly"))


def _tidy(name: str) -> str:
    return " ".join(name.split()).rstrip(" ,-/")
