"""Make hostile files out of valid ones: the same seed, the same files.

``uv run python -m tests.hostile.mutations FOLDER [--seed N]`` writes them down.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from tests.hostile import bombs
from tests.hostile.valid import papers

COUNT = 500

Mutation = Callable[[bytes, Random], bytes]


def _truncated(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(1, len(data))]


def _headless(data: bytes, random: Random) -> bytes:
    return data[random.randrange(1, 200) :]


def _flipped(data: bytes, random: Random) -> bytes:
    flipped = bytearray(data)
    for _ in range(random.choice((1, 4, 40, 400))):
        flipped[random.randrange(len(flipped))] ^= 1 << random.randrange(8)
    return bytes(flipped)


def _sown(sown: bytes) -> Mutation:
    def mutate(data: bytes, random: Random) -> bytes:
        for _ in range(random.choice((1, 5, 50))):
            at = random.randrange(len(data))
            data = data[:at] + sown * random.choice((1, 1, 3, 1000)) + data[at:]
        return data

    return mutate


def _shuffled(data: bytes, random: Random) -> bytes:
    size = random.choice((7, 64, 300))
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    random.shuffle(pieces)
    return b"".join(pieces)


def _repeated(data: bytes, random: Random) -> bytes:
    at, end = sorted((random.randrange(len(data)), random.randrange(len(data))))
    return data[:end] + data[at:end] * random.choice((2, 30, 200)) + data[end:]


def _numbers(data: bytes, random: Random) -> bytes:
    """Replace some numbers, which in a PDF are lengths, offsets and references, by absurd ones."""
    absurd = (b"0", b"-1", b"99999999999999999999", b"2147483648", b"1e400", b"65536", b"nan")
    return re.sub(rb"\d+", lambda one: random.choice(absurd) if random.random() < 0.05 else one.group(), data)


def _spliced(data: bytes, random: Random) -> bytes:
    other = random.choice(list(papers().values()))
    return data[: random.randrange(len(data))] + other[random.randrange(len(other)) :]


def _mistaken(encoding: str) -> Mutation:
    def mutate(data: bytes, random: Random) -> bytes:
        return data.decode("latin-1" if data.startswith(b"%PDF") else "utf-8").encode(encoding, "replace")

    return mutate


def _declared(data: bytes, random: Random) -> bytes:
    """Name an encoding the file is not written in."""
    named = random.choice((b"UTF-16", b"EBCDIC-CP-US", b"ISO-2022-JP", b"x-none", b"UTF-7", b""))
    return b'<?xml version="1.0" encoding="' + named + b'"?>' + data.partition(b"?>")[2]


GENERIC: dict[str, Mutation] = {
    "truncated": _truncated,
    "headless": _headless,
    "flipped": _flipped,
    "NULs": _sown(b"\0"),
    "lone surrogates": _sown("\ud800".encode("utf-8", "surrogatepass")),
    "character references": _sown(b"&#xD800;&#0;&#1114112;&nope;"),
    "rubbish": _sown(b"\xff\xfe\x80\x1b\x9d"),
    "angle brackets": _sown(b"<a b='c'><![CDATA[<!--"),
    "shuffled": _shuffled,
    "repeated": _repeated,
    "numbers": _numbers,
    "spliced": _spliced,
    "declared": _declared,
    "in UTF-16": _mistaken("utf-16-le"),
    "in UTF-32": _mistaken("utf-32"),
    "in EBCDIC": _mistaken("cp037"),
    "in Shift JIS": _mistaken("shift_jis"),
}


def hostile_files(seed: int = 0, *, count: int = COUNT) -> Iterator[tuple[str, bytes]]:
    """Yield names and bytes of ``count`` files: each bomb once, then mutations of every format in turn."""
    random = Random(seed)
    made = 0
    for name, build in bombs.ALL.items():
        yield name, build()
        made += 1
    valid = papers()
    turns = [(form, how) for how in GENERIC for form in valid]
    while made < count:
        form, how = turns[made % len(turns)]
        yield f"{form}, {how}, {made}", GENERIC[how](valid[form], random)
        made += 1


def main() -> None:
    """Write the files to a folder."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.mutations", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for number, (_, data) in enumerate(hostile_files(options.seed)):
        (options.folder / f"hostile-{number:03}.bin").write_bytes(data)


if __name__ == "__main__":
    main()
