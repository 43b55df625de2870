"""Answer one query in a process that can neither open a socket, start a program nor write a file.

Started by :mod:`kg.stores.asking` as ``python -I confined.py WORKER``; a worker script has ``opened(request)``,
``answer(opened, request)`` (yields the columns, then rows) and says whether it ``OPENS_FILES_LATE``. The kernel refuses
the rest (seccomp on Linux, limits elsewhere), so this holds whatever an engine or a query can be talked into. Reads
one JSON request, writes JSON lines. Imports nothing of ours, so that it starts quickly.
"""

from __future__ import annotations

import ctypes
import json
import platform
import runpy
import struct
import sys
from typing import Any

__all__ = ["limit_memory", "refuse_calls", "refuse_files", "refuse_writing"]

# machine -> (AUDIT_ARCH, numbers of socket, socketpair, fork, vfork, execve, execveat, ptrace), Linux only
_CALLS: dict[str, tuple[int, tuple[int, ...]]] = {
    "x86_64": (0xC000003E, (41, 53, 57, 58, 59, 322, 101)),
    "aarch64": (0xC00000B7, (198, 199, 221, 281, 117)),
}
_LOAD, _IF_EQUAL, _IF_ABOVE, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | 1, 0x80000000  # 1: EPERM
_OTHER_ABI = 0x40000000  # x32 calls on x86_64
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2


def refuse_calls() -> bool:
    """Let the kernel refuse sockets and programs from now on; return whether it can."""
    if sys.platform != "linux" or platform.machine() not in _CALLS:
        return False
    architecture, calls = _CALLS[platform.machine()]
    steps = [(_LOAD, 0, 0, 4), (_IF_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    steps.append((_IF_ABOVE, len(calls) + 1, 0, _OTHER_ABI))
    steps += [(_IF_EQUAL, len(calls) - place, 0, number) for place, number in enumerate(calls)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("HP", len(steps), ctypes.addressof(code)))
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return not system.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)


def refuse_writing() -> None:
    """Let no file grow by a byte from now on; pipes are no files."""
    _limit("RLIMIT_FSIZE", 0)
    _limit("RLIMIT_CORE", 0)


def refuse_files() -> None:
    """Let no further file be opened, to read or to write."""
    _limit("RLIMIT_NOFILE", 0)


def limit_memory(growth: int) -> None:
    """Let the process grow by so many bytes beyond what it holds now."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - pathlib costs start-up time
            held = int(file.read().split()[0]) * 4096
    except OSError:
        held = 0  # no Linux: the limit counts from nothing
    _limit("RLIMIT_AS", held + growth)


def _limit(name: str, value: int) -> None:
    try:
        import resource  # POSIX only
    except ImportError:
        return
    which = getattr(resource, name)
    hard = resource.getrlimit(which)[1]
    resource.setrlimit(which, (value, value) if hard == resource.RLIM_INFINITY or hard > value else (hard, hard))


def _say(line: Any) -> None:
    sys.stdout.write(json.dumps(line))
    sys.stdout.write("\n")


def _reply(worker: dict[str, Any], request: dict[str, Any]) -> None:
    opened = worker["opened"](request)
    limit_memory(request["memory"])
    if not worker["OPENS_FILES_LATE"]:
        refuse_files()
    _say({"ready": True})
    sys.stdout.flush()
    lines = worker["answer"](opened, request)
    _say({"columns": next(lines)})
    for number, row in enumerate(lines):
        if number == request["max_rows"]:
            _say({"truncated": True})
            return
        _say(row)
    _say({"truncated": False})


if __name__ == "__main__":
    refuse_calls()
    refuse_writing()
    script = runpy.run_path(sys.argv[1])
    try:
        _reply(script, json.load(sys.stdin))
    except (SyntaxError, ValueError, RuntimeError, OSError, MemoryError) as error:
        _say({"error": f"{type(error).__name__}: {error}"})
    sys.stdout.flush()
