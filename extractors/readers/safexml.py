"""Parse untrusted XML: no network, no DTD, no entity expansion, no huge trees."""

import html
from collections.abc import Iterator
from typing import cast

from lxml import etree

from extractors.readers.files import Source

__all__ = ["Element", "attribute", "children", "find", "find_all", "local", "parse", "words"]

Element = etree._Element
_NAMES: dict[object, str] = {}  # tag -> local name; a document has few tags and asks for them at every element


def parse(source: Source) -> Element:
    """Parse a file's bytes; raise ReadError where they are broken, too deep, or use entities of their own."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(source.data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        what = "nested too deeply" if "depth" in str(error) else "broken"
        raise source.error(f"is {what} XML at line {line}", "download or export it again") from error
    except (ValueError, LookupError) as error:
        raise source.error("is XML in an unknown encoding", "save it as UTF-8") from error
    for entity in list(root.iter(etree.Entity)):
        _inline_entity(source, entity)
    return root


def _inline_entity(source: Source, entity: Element) -> None:
    """Put the character of a named HTML entity in its place; refuse every other entity."""
    name = str(entity.text)
    char = html.unescape(name)
    if char == name or len(char) > 2:
        raise source.error(f"uses the entity {name[:40]}, which is never resolved", "expand its entities first")
    parent = entity.getparent()
    if parent is None:
        return
    before = entity.getprevious()
    words = char + (entity.tail or "")
    if before is not None:
        before.tail = (before.tail or "") + words
    else:
        parent.text = (parent.text or "") + words
    entity.tail = None
    parent.remove(entity)


def local(element: Element) -> str:
    """Return an element's name without its namespace; "" for comments and the like."""
    tag = element.tag
    name = _NAMES.get(tag)
    if name is None:
        if len(_NAMES) > 4096:
            _NAMES.clear()
        name = _NAMES[tag] = tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
    return name


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its local name, stripped; "" where it is missing."""
    plain = element.get(name)
    if plain is not None:
        return plain.strip()
    for key, value in element.items():
        if str(key).rsplit("}", 1)[-1] == name:
            return str(value).strip()
    return ""


def children(element: Element, *names: str) -> list[Element]:
    """Return the children of these names; all elements where none is given."""
    return [child for child in element if (name := local(child)) and (not names or name in names)]


def find_all(element: Element | None, *names: str) -> list[Element]:
    """Return the descendants of these local names in document order."""
    if element is None:
        return []
    return [one for one in element.iter(*[f"{{*}}{name}" for name in names]) if one is not element]


def find(element: Element | None, *path: str) -> Element | None:
    """Return the first descendant reached by a path of local names."""
    for name in path:
        if element is None:
            return None
        element = next(element.iter(f"{{*}}{name}"), None)
    return element


def words(element: Element | None) -> str:
    """Return an element's plain text with white space collapsed."""
    if element is None:
        return ""
    if not len(element):
        return " ".join((element.text or "").split())
    return " ".join("".join(cast(Iterator[str], element.itertext())).split())
