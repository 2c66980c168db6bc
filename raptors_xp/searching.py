"""The standard's searching functions, one each, under its names. Floor 2 does the work.

What each must give: "Searching Functions" of the Array API standard 2025.12.
"""

from typing import Any, cast

from raptors_xp import dispatch
from raptors_xp.array import Array
from raptors_xp.dtypes import Bool
from raptors_xp.strided import ArrayOf

Operand = ArrayOf[Any] | bool | int | float | complex


def where(condition: ArrayOf[Bool], x1: Operand, x2: Operand, /) -> Array[Any]:
    """x1 where the condition is true, x2 elsewhere.

    All three broadcast; one of x1 and x2 may be a Python scalar. Dtypes: condition bool; x1 and x2 all, promoted.
    TypeError for other conditions and for two scalars, ValueError for shapes that do not broadcast.
    """
    return cast("Array[Any]", dispatch.where("where", condition, x1, x2))
