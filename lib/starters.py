"""Ready texts to start from, for a page that is still empty."""

from typing import NamedTuple

from lib.library.scripts import Kind


class Starter(NamedTuple):
    name: str
    text: str
    voice: str  # an offline voice, so that hearing it is free


STARTERS = (
    Starter(
        "Phone greeting",
        "Thank you for calling. Your call matters to us, and someone will be with you shortly.",
        "heart",
    ),
    Starter("Product video", "Meet the kettle that remembers how you like your tea.", "heart-low"),
    Starter(
        "Training",
        "Before you switch on the machine, check that the guard is closed.",
        "heart-bright",
    ),
)

COMPARE = {
    "Phone menu": "Welcome to Northwind. For opening hours, press one. To talk to someone who "
    "knows your order, press two, and we will be right with you.",
    "Product video": "Meet the kettle that remembers how you like your tea. Fill it, tap once, "
    "and it is ready exactly when you are.",
    "Training": "Before you switch on the machine, check that the guard is closed. If the red "
    "light stays on, stop, step back, and call your supervisor.",
    "Story": "The lighthouse had been dark for eleven years when, on the first night of winter, "
    "somebody lit the lamp again.",
    "Advert": "This weekend only: every plant in the garden centre is half price. Come early, "
    "bring a friend, and leave with a balcony in bloom!",
}

# Kind, text, and rows of a title and a text.
SCRIPTS: dict[str, tuple[Kind, str, tuple[tuple[str, str], ...]]] = {
    "Phone prompts": (
        "table",
        "",
        (
            ("01 Welcome", "Welcome to Northwind. Please listen to the options."),
            ("02 Hours", "We are open from nine to six, Monday to Friday."),
            ("03 Orders", "To ask about an order, have your number ready."),
            ("04 Hold", "Please hold. We will be right with you."),
        ),
    ),
    "A conversation": (
        "dialogue",
        "Ashley: Welcome aboard! Is this your first trip with us?\n"
        "Craig: It is. I have never been this far north.\n"
        "Ashley: Then you are in for a treat. [pause 0.5 s] Look, over there!",
        (),
    ),
    "A training chapter": (
        "document",
        "# Before you start\n\nCheck that the guard is closed. Wear your gloves.\n\n"
        "# If the red light stays on\n\nStop. Step back, and call your supervisor. "
        "Never open the guard yourself.",
        (),
    ),
}
