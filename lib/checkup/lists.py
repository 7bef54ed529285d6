"""Word lists that the rules use."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Tags of HTML and SSML. Other names in angle brackets are placeholders.
TAG_NAMES = _words(
    """
    a abbr article aside audio b blockquote body br break button caption center cite code col
    dd del desc details div dl dt em emphasis figcaption figure font footer form h1 h2 h3 h4
    h5 h6 head header hr html i iframe img input ins kbd lang lexicon li link main mark meta
    nav ol option p phoneme pre prosody q s samp say-as script section select small span speak
    strike strong style sub summary sup svg table tbody td textarea tfoot th thead title tr tt
    u ul var video voice w
    """
)

# Acronyms that everybody says as a word.
SAID_AS_WORDS = _words(
    """
    AIDS ASAP ASCII BAFTA BIOS CAPTCHA COBRA COVID DOS FIFA FOMO GIF HIPAA IKEA JPEG LAN LASER
    LEGO MIDI NAFTA NASA NASDAQ NATO OPEC OSHA PIN RADAR RAM ROM SARS SCUBA SIM SOHO SONAR
    SPAM SWAT TED TOEFL UEFA UNESCO UNICEF UNIX WAN WASP WIFI YAML YOLO ZIP
    """
)

# Acronyms that every voice says well, and abbreviations in capitals.
LEFT_ALONE = _words(
    """
    AM BTW DR HMM LTD MR MRS MS NB OK PM PS PSST SHH ST TBC TBD TV VS WW WW1 WW2 XX XXX
    """
)

# Acronyms said letter by letter, although a vowel makes them look like a word.
SPELLED = _words(
    """
    AA AGM AI AMA API ATM BAE BBC BMI CBI CEO CFO CIA CIO COO CRM CTO CV DIY DNA DOB DUI ECB
    EDI EEG EKG EPA ERP ESL ETA EU EV FAA FAQ FBI FCA FDA GDP GPA GUI HDMI HIV HOA HQ IBAN IBM
    ICU ID IMF IOU IP IPA IPO IQ IRS ISBN ISP IVF IVR KPI LAPD LCD LED LGBTQ MBA MD MOT MOU
    MRI NBA NCAA NDA NGO NHS NIH NYU OCR OECD POS PPE RAF ROI RSI RSVP SDK SEO SLA SOP SOS SUV
    UFO UI UK UN URL US USA USB USP UV UX VIP VPN XML YMCA
    """
)

# In capitals these may be letters or a word.
LETTERS_OR_WORD = _words("AM PM IT US WHO TV DR ST MR MRS MS VS WW")

# In capitals all other words of two letters may be letters: "TURN OFF THE AC".
SHORT_WORDS = _words(
    """
    AH AM AN AS AT BE BY DO GO HE HI IF IN IS ME MY NO OF OH ON OR OX SO TO UP WE YE
    """
)

# Before these words "5 km" is a length; before any other noun it is "a five kilometer run".
AFTER_NOUN = _words(
    """
    a above across after ago ahead along although an and another apart are around as at away
    back because before behind below between beyond but by cheaper could deep down each
    either every extra faster for from further had has have he heavier high higher however i
    if in into is it less long longer lower may might minus more must nor now of off on once
    only onto or over past per plus round she shorter should since so tall than that the then
    there they through till to today tomorrow tonight too toward towards under unless until up
    upfront was we were when where which while wide will with within without would yesterday
    yet you
    """
)

# Words that end in "s" after a range and are no plural that is counted, or count a score.
SINGULARS_IN_S = _words(
    """
    is was has as this its his us plus versus yes loss wins does always perhaps across thus
    towards besides unless sets games points goals
    """
)

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
