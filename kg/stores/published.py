"""Publish a store's files so that readers never see a half-written state: CURRENT names the version that counts."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path

from kg.store import Watermark
from ontology.errors import StoreError

__all__ = ["current", "free_name", "publish"]


def current(folder: Path) -> tuple[Path, Watermark] | None:
    """Return the published file or folder and its watermark; None where nothing (readable) is published."""
    try:
        data = json.loads((folder / "CURRENT").read_text(encoding="utf-8"))
        place, watermark = folder / data["name"], Watermark(**data["watermark"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (place, watermark) if place.exists() else None


def free_name(folder: Path, watermark: Watermark) -> Path:
    """Return a place for a new version, the folder made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"cannot write {folder} ({error.strerror}); choose another --library folder") from error
    number = 0
    while (place := folder / f"at-{watermark.generation}-{number}").exists():
        number += 1
    return place


def publish(folder: Path, place: Path, watermark: Watermark) -> None:
    """Make a version the current one, and remove versions older than the one it replaces (a reader may hold that)."""
    before = current(folder)
    draft = folder / "CURRENT.part"
    draft.write_text(json.dumps({"name": place.name, "watermark": asdict(watermark)}), encoding="utf-8")
    draft.replace(folder / "CURRENT")
    kept = {place.name} | ({before[0].name} if before else set())
    for old in folder.glob("at-*"):
        if not any(old.name == name or old.name.startswith(f"{name}.") for name in kept):
            if old.is_dir():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.unlink(missing_ok=True)
