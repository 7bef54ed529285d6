"""First names and words for people, and what each tells of a speaker.

They are the common ones of the languages that have a voice of their own, collected by hand: the
lists of all names are large, and guess where women and men share a name. Those are left out here.
Words are written without accents where they mean the same without.
"""

from lib.casting.person import Person


def _people(words: str, person: Person) -> dict[str, Person]:
    return dict.fromkeys(words.split(), person)


WOMAN, MAN = Person(gender="female"), Person(gender="male")

NAMES = {
    **_people(
        """
        abigail adele agnes aisha alejandra alessandra alessia alexandra alice alicia alina alma
        amanda amelia amelie amy ana anastasia angela angelica anita anja anke ann anna anne annette
        annika antonia ashley astrid audrey aurora barbara beatrice beatriz bella berta bertha
        bianca birgit brigitte camila carla carmen carolina caroline catarina catherine cecile
        celine chantal charlotte chiara chloe christina christine claire clara claudia colette
        consuelo cristina daniela deborah delphine denise diana dolores dora doris dorothy edith
        elena eleonora elisa elisabeth elise elizabeth ella ellen eloise elsa emilia emilie emily
        emma erika esther eugenie eva eve fatima federica fernanda fiona florence franziska frida
        frieda gabriela genevieve georgia gina giorgia giovanna gisela giulia gloria grace greta
        hanna hannah hannelore heidi heike helen helena helene helga ida ilaria ilse ines ingrid
        irene iris isabel isabella isabelle jacqueline jana jane janet jasmin jasmine jennifer
        jessica joana johanna josephine judith julia juliana julie juliette karen karin kate
        katharina katherine kathrin katie katrin lara larissa laura lea leila lena leonie leonor
        leticia lily lina linda lisa lisbeth lola lorena lotte louise lucia lucie lucy luisa luise
        madeleine magdalena maggie maite manon manuela maren margaret margarita margherita margot
        maria mariana marianne marie marina marion marisol marlene marta martha martina mary
        mathilde matilda matilde megan melanie melissa mia michelle mila mireille miriam molly
        monica monika monique nadia nadine nancy natalia natalie nathalie nicole nina nora odile
        olga olivia ophelia paola patricia paula paulette paulina petra pilar priya rachel raffaella
        raquel rebecca regina renata renate rita rosa rose ruth sabine sabrina sally samantha sandra
        sara sarah serena silke silvia simona simonetta sofia sonia sophia sophie stefanie stella
        stephanie sue susan susana susanna susanne svenja sylvie tamara tanja tatiana teresa theresa
        ulrike ursula ute valentina valeria valerie vanessa vera veronica veronika victoria violet
        virginia viviane wendy yasmin yvonne zoe
        """,
        WOMAN,
    ),
    **_people(
        """
        aaron adam adrian ahmed alain alan albert alberto alejandro alessandro alexander alfonso
        alfred ali andre andreas andres andrew andy angelo anthony antoine antonio arthur arturo
        august axel ben benjamin benoit bernard bernd bernhard bert bill bob boris brian bruno carl
        carlo carlos charles christian christoph christophe christopher claudio clemens craig daniel
        dario dave david davide dennis didier diego dieter dirk dominik donald ed eddie edoardo
        eduardo edward emanuele emil emilio emmanuel enrico enrique enzo eric erich erik ernesto
        ernst esteban etienne fabian fabio fabrizio felipe felix fernando filippo finn florian
        francesco francisco francois frank franz fred frederic friedrich fritz gabriel gaston georg
        george georges gerard gerhard giacomo gilles giorgio giovanni giulio giuseppe gonzalo gregor
        guido guillaume guillermo gunther gustav gustavo guy hans harald harry harvey hassan
        heinrich heinz heitor helmut henri henrik henrique henry herbert hermann horst hugo ian
        ibrahim ignacio ivan jack jacob jacques jaime jakob james jason javier jeff jens jerome jim
        joachim joao joe joel johann johannes john jonas jonathan jorge jose josef joseph juan
        juergen julian julien jurgen justin karl keith kevin klaas klaus konrad kurt lars laurent
        leo leon leonardo leonhard liam lorenz lorenzo louis luc luca lucas luigi luis lukas luke
        manfred manuel marc marcel marcello marcelo marco marcos mario marius mark markus martin
        mateo mathieu matt matteo matthew matthias maurice mauricio mauro max maximilian michael
        michel miguel mike mikey mohamed mohammed moritz nick nico nicolas niklas noah norbert
        oliver olivier omar oscar oskar otto pablo paolo pascal patrick paul paulo pedro peter
        philip philipp philippe pierre pietro rafael raj ralf ramon raphael raul remi rene ricardo
        riccardo richard rob robert roberto rodrigo roland rolf roman ronald ruben rudolf salvatore
        samuel santiago sean sebastian sebastien sergio shaun simon stefan stefano stephane stephen
        steve steven sven theo theodor theodore thiago thierry thomas tiago till tim timothy tobias
        tom tomas tommaso tony udo uli ulrich umberto uwe valentin vicente victor viktor vincent
        vincenzo volker walter werner wilhelm will william wolfgang xavier yann yannick yves
        zacharias
        """,
        MAN,
    ),
}

# Names that a woman has in one language and a man in another, by the code of the language.
NAMES_IN = {
    "de": _people("andrea gabriele simone nicola", WOMAN),
    "en": _people("andrea jean joan michele nicola simone", WOMAN),
    "es": _people("andrea", WOMAN),
    "fr": _people("andrea michele nicola simone", WOMAN) | _people("jean", MAN),
    "it": _people("andrea gabriele michele nicola simone", MAN),
    "pt": _people("andrea simone", WOMAN),
}

# These tell more than a first name does: "Grandma Maria", "Frau Peters", "Old man".
WORDS = {
    **_people(
        """
        woman lady female mother mom mum mommy mummy wife sister aunt waitress queen princess madam
        mrs ms miss frau mutter mama mami ehefrau schwester tante kellnerin konigin dame kundin
        lehrerin verkauferin arztin patientin nachbarin chefin kollegin mujer senora senorita sra
        madre esposa hermana tia camarera reina clienta profesora doctora vecina femme madame
        mademoiselle mme mlle mere maman soeur epouse serveuse reine directrice voisine donna
        signora signorina moglie sorella zia cameriera regina dottoressa professoressa mulher mae
        irma rainha doutora
        """,
        WOMAN,
    ),
    **_people(
        """
        man gentleman male father dad daddy husband brother uncle waiter king prince mr sir lord
        mann herr vater papa papi ehemann bruder onkel kellner konig kunde lehrer verkaufer arzt
        nachbar kollege hombre senor sr padre esposo marido hermano tio camarero rey caballero homme
        monsieur pere mari frere oncle serveur roi uomo signore signor marito fratello zio cameriere
        homem senhor pai irmao rei
        """,
        MAN,
    ),
    **_people(
        "girl daughter madchen tochter niña hija chica fille ragazza bambina figlia menina",
        Person(gender="female", age="child"),
    ),
    **_people(
        "boy son junge bub sohn niño hijo chico garcon fils ragazzo bambino figlio menino garoto",
        Person(gender="male", age="child"),
    ),
    **_people("child kid baby kind enfant bebe crianca", Person(age="child")),
    **_people("teenager teen jugendliche adolescent adolescente", Person(age="young")),
    **_people(
        "grandmother grandma granny oma grossmutter abuela mamie nonna avó vovó witch hexe",
        Person(gender="female", age="old"),
    ),
    **_people(
        "grandfather grandpa granddad opa grossvater abuelo papy nonno avô vovô wizard zauberer",
        Person(gender="male", age="old"),
    ),
    **_people(
        "sprecherin erzahlerin ansagerin narradora locutora narratrice",
        Person(gender="female", narrates=True),
    ),
    **_people(
        """
        narrator announcer voiceover storyteller newsreader erzahler sprecher ansager narrador
        locutor narrateur narratore
        """,
        Person(narrates=True),
    ),
}

# How old somebody is, beside another word: "Old man", "Kleine Anna".
AGES = {
    **_people(
        """
        old older elderly alt alte alter altere alterer viejo vieja anciano anciana vieux vieille
        vecchio vecchia anziano anziana velho velha idoso idosa
        """,
        Person(age="old"),
    ),
    **_people("young younger junge junger jungere joven jeune giovane jovem", Person(age="young")),
    **_people(
        "little small klein kleine kleiner pequeno pequena petit petite", Person(age="child")
    ),
}
