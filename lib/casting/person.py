"""What is known of a speaker."""

from dataclasses import dataclass
from typing import Literal

Gender = Literal["female", "male"]
Age = Literal["child", "young", "adult", "old"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """gender, age: None if not known. narrates: whether it tells a story or makes announcements."""

    gender: Gender | None = None
    age: Age | None = None
    narrates: bool = False
