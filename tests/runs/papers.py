"""Tiny papers for runs, quick to read and full of claims that meet."""

from pathlib import Path

WORDS = {
    "a.md": "# Calendar life\n\nAn artificial SEI improves the calendar life of silicon anodes.\n",
    "b.md": "# Cycle life\n\nFEC improves the cycle life of silicon anodes. FEC aggravates HF corrosion in storage.\n",
    "c.md": "# Coating\n\nCarbon coating suppresses gas generation. Carbon coating lowers the rate capability.\n",
    "d.txt": "Prelithiation raised the initial coulombic efficiency to 92 %.\n\nPrelithiation improves the cycle life.\n",
    "e.txt": "\x00\x00\x00",  # holds no text
}
CHANGED = {
    **WORDS,
    "b.md": "# Cycle life\n\nFEC worsens the cycle life of silicon anodes.\n",
    "c.md": "\x00\x00",
    "f.md": "# New\n\nAn artificial SEI improves the calendar life of the full cell.\n",
}


def write(folder: Path, words: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in words.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
