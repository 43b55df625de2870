"""Graph stores: one module for each engine, imported on use."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

from ontology.errors import StoreError

__all__ = ["STORES", "store_class"]

# name -> "module:class"; a new store is one file and one row.
STORES: Mapping[str, str] = MappingProxyType(
    {
        "oxigraph": "kg.stores.oxigraph:OxigraphStore",
        "ladybug": "kg.stores.ladybug:LadybugStore",
        "neo4j": "kg.stores.neo4j:Neo4jStore",
        "sparql_http": "kg.stores.sparql_http:SparqlHttpStore",
    }
)


def store_class(name: str) -> Any:
    """Return a store's class by its name in ``STORES``."""
    if name not in STORES:
        raise StoreError(f"no store {name!r}; there are {', '.join(STORES)}")
    module, attribute = STORES[name].split(":")
    return getattr(import_module(module), attribute)
