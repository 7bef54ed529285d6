"""Count the fields of a protobuf message before any objects are made of them."""

from typing import Any

JSON_MAX_BYTES = 500_000  # our largest: the value of a component with a remark on each voice


def room_left(data: memoryview, kind: Any, room: int) -> int:
    """`room` minus the number of fields in the encoded message `data`, with nested ones.

    kind: the message's descriptor. A too long JSON text uses up all the room. Counting stops below
    zero, so that its time is limited too.
    Raises IndexError or ValueError if `data` is not such a message.
    Source: protobuf.dev, "Encoding".
    """
    place = 0
    while place < len(data) and room >= 0:
        room -= 1
        tag, place = _number(data, place)
        match tag & 7:
            case 0:
                _, place = _number(data, place)
            case 1:
                place += 8
            case 5:
                place += 4
            case 2:
                size, place = _number(data, place)
                field = kind.fields_by_number.get(tag >> 3)
                room = _room_after(data[place : place + size], field, room)
                place += size
            case _:
                raise ValueError("a group, which our messages have none of")
    return room


def _room_after(inner: memoryview, field: Any, room: int) -> int:
    if field is None:
        return room
    if field.message_type:
        return room_left(inner, field.message_type, room)
    if field.name.startswith("json_") and len(inner) > JSON_MAX_BYTES:
        return -1
    is_text = field.type in (field.TYPE_STRING, field.TYPE_BYTES)
    return room if is_text else room - len(inner)  # packed numbers have at least one byte each


def _number(data: memoryview, place: int) -> tuple[int, int]:
    """(a varint of up to ten bytes with seven bits each, the position after it)."""
    number = 0
    for shift in range(0, 70, 7):
        byte = data[place]
        place += 1
        number |= (byte & 127) << shift
        if byte < 128:
            return number, place
    raise ValueError("a number without an end")
