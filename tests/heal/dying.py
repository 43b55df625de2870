"""Open a library, or push it, and die at a named point: ``python -m tests.heal.dying LIBRARY POINT COUNT [BOLT]``.

A point is ``file:function``: the process ends, as by a power cut, when code in that file calls the function for the
COUNTth time. A profiling hook sees it, so that no product code knows of these tests.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import kg.graph
from kg.graph import open_library
from tests.kg.builders import ontology

STATUS = 9


def die_at(point: str, count: int) -> None:
    """End this process at the COUNTth call of a function from a file."""
    file, name = point.split(":")
    left = [count]

    def watch(frame: Any, event: str, argument: Any) -> None:
        if event == "c_call" and getattr(argument, "__name__", "") == name:
            caller = frame.f_code.co_filename
        elif event == "call" and frame.f_code.co_name == name and frame.f_back is not None:
            caller = frame.f_back.f_code.co_filename
        else:
            return
        if Path(caller).stem == file:
            left[0] -= 1
            if left[0] == 0:
                os._exit(STATUS)

    sys.setprofile(watch)


def main() -> None:
    """Do what the arguments say; whoever gets to the end was not killed."""
    folder, point, count, *bolt = sys.argv[1:]
    kg.graph.load_ontology = ontology
    die_at(point, int(count))
    with open_library(Path(folder)) as graph:
        graph.store("cypher")
        for url in bolt:
            graph.push(url)


if __name__ == "__main__":
    main()
