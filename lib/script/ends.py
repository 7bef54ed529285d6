"""Tell a full stop that ends a sentence from one that does not, by the language of the script.

sentencex knows the abbreviations of many languages. What it does not know is here: a sentence that
is cut in two is heard, so in doubt there is no end. Two sentences in one recording are not heard.
"""

import re


def _listed(words: str) -> str:
    return "|".join(words.split())


# Languages that write an ordinal with a stop: "Am 3. Mai". The last are Norwegian's two forms.
ORDINALS = frozenset(
    "bs cs da de et eu fi fo hr hu is lb lv nb nn no pl sk sl sr tr".split()  # noqa: SIM905
)
ORDINAL = re.compile(r"(?<![\w.,:/-])[0-9]{1,3}\.\s*$")

# The number of an item in a list: "1.", "(2)", "a.", "iv.", alone.
ITEM = re.compile(r"\s*\(?(?:[0-9]{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]{1,2}\s*")

# In German, French, Spanish, Italian, Portuguese, Dutch, Polish, Czech, Russian and English.
BEFORE_NAME = re.compile(
    r"(?<![\w.])(?i:"
    + _listed(
        """
        mr mrs ms mx dr drs prof st ste rev hon capt col gen lt sgt maj cpt jr sr messrs
        hr fr frl dipl ing mag pfr hl
        m mm mme mmes mlle mlles me mgr vve
        sra srta sras sres dra dña d dª profa ud uds vd vds excmo excma ilmo rvdo fray
        sig sigg sig.ra sig.na dott dott.ssa avv arch geom rag on egr gent spett
        exmo exma exmos ilma eng
        fa pr gral cnel cmdte lic arq mons prof.ssa sig.re cie
        cía cia depto dpto gov dep lg trav pça pº fam ds burg weth sct skt
        dhr mw mevr mej ir bc
        p pp inż mgr.inż ks ul al pl os św płk ppłk kpt por r w dyr im woj hab śp
        pan pí č ul nám sv sn
        г гг гр ул пр пл им тов проф акад св
        av avda avd c cl blvd bd pl plza pza ctra
        """
    ).replace(".", r"\.")
    + r")\.\s*$"
)
BEFORE_NUMBER = re.compile(
    r"(?<!\w)(?i:"
    + _listed(
        """
        n no nos nr nrn nro num núm nº art arts abb tab bsp kap abs ziff s bl bd hft jg
        fig figs vol vols chap ch sect sec sek par para parag ref p pp pg pag pág págs pagg
        cap caps cf ca approx env circa min max tel tél fax ext int apt appt app poz zał str
        godz r ok ul lk sv č obr tab odst стр рис гл г см п кв д тел
        art.nr lit ltr hno hs deel blz bldz telnr
        eq eqs op est rm rte hwy bldg fl réf aprox séc sid avd vån núms kl cad cd sok sk mah
        jan feb mar apr jun jul aug sep sept oct nov dec mrt okt dez janv févr avr juil déc
        ene abr ago dic gen giu lug ott fev дек янв февр апр авг сент окт нояб
        """
    ).replace(".", r"\.")
    + r")\.\s*$"
)
# The same in English, in which words of the others end sentences: "He did. Come on."
BEFORE_ENGLISH_NAME = re.compile(
    r"(?<![\w.])(?i:"
    + _listed(
        """
        mr mrs ms mx dr drs prof st ste rev hon capt gen lt sgt maj col cpl pvt cmdr adm insp supt
        messrs msgr ft mt wm chas geo thos jas sen gov lk pt
        """
    )
    + r")\.\s*$|[A-Z]\.-[A-Z]\.\s*$"
)
# Short for words that stand within a sentence, whatever follows: "inkl. Versand", "t.ex. Lund".
WITHIN = re.compile(
    r"(?<![\w.])(?i:"
    + _listed(
        """
        bspw bzw ggf ggfs evtl mind inkl exkl zzgl abzgl einschl ausschl insb vgl sog geb verh verw
        stellv ehem staatl städt nördl südl östl westl allg bes dt frz engl kath ev max tsd tgl tägl
        gem hrsg incl excl zob
        z.b d.h u.a p.ej p.ex par.ex ad.es c.-à-d
        bijv d.w.z o.a i.p.v m.b.t t.a.v m.i.v
        tj tzn tzw np m.in t.zv t.j tzv např
        t.ex bl.a s.k d.v.s fx f.eks örn ún т.е т.н напр
        """
    ).replace(".", r"\. ?")
    + r")\.\s*$"
)
WEEKDAY = re.compile(r"\b(?:Mon|Tues?|Wed|Thu|Thurs?|Fri|Sat|Sun)\.\s*$")
DATE = re.compile(r"[0-9]|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\b")
INITIAL = re.compile(r"(?<![\w.])[^\W\d_a-z]\.\s*$")
DOUBLED = re.compile(r"\b([A-Z])\1\.\s*$")
HALF_OF_DAY = re.compile(r"\b[ap]\. ?m\.\s*$", re.IGNORECASE)
DAY = re.compile(
    r"(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|[A-Z]{2,4}T\b|GMT|UTC"
)
NUMBER = re.compile(r"[0-9IVX№#]")
# Without a blank before it a word goes on: "J.-C.", "a.C.", "Dipl.-Ing.", ".NET".
JOINED = re.compile(r"-?\w")
RAISED = ("º", "ª", "°")


def is_item(line: str) -> bool:
    """Whether it is only the number of an item in a list."""
    return bool(ITEM.fullmatch(line))


def goes_on(sentence: str, rest: str, language: str) -> bool:
    """Whether a sentence goes on after `sentence`, where sentencex ends it.

    rest: at least the next word. language: the code of the script's language; "" if it is not
    certain, and then an ordinal is expected.
    """
    end = sentence[-24:]
    if not end.rstrip().endswith((".", ")")):
        return False
    if is_item(sentence):
        return True
    if not end[-1].isspace() and JOINED.match(rest):
        return True
    if (rest[:1].islower() and not rest[1:2].isupper()) or rest.startswith(RAISED):
        return True  # "iPads come later" begins a sentence
    if HALF_OF_DAY.search(end):
        return bool(DAY.match(rest))
    if NUMBER.match(rest) and BEFORE_NUMBER.search(end):
        return True
    begins_name = rest[:1].isupper()
    if language == "en":
        is_date = WEEKDAY.search(end) and DATE.match(rest)
        return bool(is_date or (begins_name and BEFORE_ENGLISH_NAME.search(end)))
    if WITHIN.search(end):
        return True
    if ORDINAL.search(end) and (language in ORDINALS or not language):
        return True
    return begins_name and any(pattern.search(end) for pattern in (BEFORE_NAME, INITIAL, DOUBLED))
