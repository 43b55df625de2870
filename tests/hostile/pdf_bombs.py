"""PDFs built by hand to loop, to nest and to swell."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_WORDS = b"BT /F1 11 Tf 60 700 Td (The silicon anode swells when lithium enters, and the electrode cracks.) Tj ET "


def write(objects: Sequence[bytes], *, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Lay numbered objects out as a file with a cross-reference table."""
    parts, places, at = [b"%PDF-1.7\n"], [], 9
    for number, body in enumerate(objects, 1):
        places.append(at)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        at += len(parts[-1])
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        b"".join(parts) + table + b"trailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, at)
    )


def stream(data: bytes, extra: bytes = b"", *, packed: bool = False) -> bytes:
    """Wrap data as a stream object."""
    if packed:
        data, extra = zlib.compress(data, 9), extra + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


def page(content: bytes, *, extra: bytes = b"", resources: bytes = b"", packed: bool = False) -> list[bytes]:
    """Return the objects of a file of one page; its content is object 4, its font object 5."""
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s "
        b"/Resources << /Font << /F1 5 0 R >> %s >> >>" % (extra, resources),
        stream(content, packed=packed),
        _FONT,
    ]


def _tree(pages: bytes, *more: bytes) -> Callable[[], bytes]:
    """Replace the page tree's root."""
    objects = page(_WORDS)
    return lambda: write([objects[0], pages, *objects[2:], *more])


def _of(content: bytes, **options: bytes) -> Callable[[], bytes]:
    return lambda: write(page(content, **options))


def _packed(content: bytes, times: int) -> Callable[[], bytes]:
    return lambda: write(page(content * times, packed=True))


def _forms(depth: int) -> bytes:
    """Draw a form that draws the next one ten times."""
    objects = page(b"/X0 Do", resources=b"/XObject << /X0 6 0 R >>")
    for number in range(depth):
        inner = b"/X0 Do " * 10 if number + 1 < depth else _WORDS
        objects.append(
            stream(
                inner,
                b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> /XObject << /X0 %d 0 R >> >>"
                % (7 + number if number + 1 < depth else 6),
            )
        )
    return write(objects)


def _many_objects() -> bytes:
    return write([*page(_WORDS * 3), *[b"<< /A [1 2 3] /B (x) >>"] * 100_000])


def _many_pages(count: int) -> Callable[[], bytes]:
    def build() -> bytes:
        objects = page(_WORDS)
        kids = b" ".join(b"%d 0 R" % (6 + number) for number in range(count))
        objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
        return write([*objects, *[objects[2]] * count])

    return build


def _xref_loop() -> bytes:
    whole = write(page(_WORDS))
    at = whole.rindex(b"xref\n0")
    return whole.replace(b"trailer <<", b"trailer << /Prev %d" % at)


ALL: dict[str, Callable[[], bytes]] = {
    "pdf, pages that are their own kids": _tree(b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"),
    "pdf, one page a thousand times": _tree(b"<< /Type /Pages /Kids [%s] /Count 1000 >>" % (b"3 0 R " * 1000)),
    "pdf, a loop of two nodes": _tree(
        b"<< /Type /Pages /Kids [6 0 R] /Count 9 >>", b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9 /Parent 2 0 R >>"
    ),
    "pdf, a billion pages": _tree(b"<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>"),
    "pdf, minus one page": _tree(b"<< /Type /Pages /Kids [3 0 R] /Count -1 >>"),
    "pdf, 10⁵ objects": _many_objects,
    "pdf, 10⁴ pages": _many_pages(10_000),
    "pdf, 400 pages": _many_pages(400),
    "pdf, a cross-reference loop": _xref_loop,
    "pdf, forms in forms": lambda: _forms(12),
    "pdf, a form in itself": lambda: _forms(1),
    "pdf, a million glyphs": _packed(_WORDS, 14_000),
    "pdf, a million glyphs in one place": _packed(b"BT /F1 11 Tf 60 700 Td (" + b"a" * 30_000 + b") Tj ET ", 33),
    "pdf, glyphs of no size": _packed(b"BT /F1 0 Tf 60 700 Td (anode) Tj ET ", 2000),
    "pdf, glyphs of absurd size": _packed(b"BT /F1 1e30 Tf 1e30 -1e30 Td (anode) Tj ET ", 2000),
    "pdf, glyphs everywhere": lambda: write(
        page(
            b"".join(b"BT /F1 9 Tf %d %d Td (a) Tj ET " % (n * 7919 % 595, n * 104729 % 842) for n in range(60_000)),
            packed=True,
        )
    ),
    "pdf, one glyph a line": lambda: write(
        page(
            b"".join(b"BT /F1 1 Tf 60 %d.%d Td (a) Tj ET " % (n // 10 % 842, n % 10) for n in range(20_000)),
            packed=True,
        )
    ),
    "pdf, a stream of 200 MB of nothing": _packed(b" " * 1_000_000, 200),
    "pdf, a stream of 100 MB of numbers": _packed(b"1 " * 1_000_000, 50),
    "pdf, saved states without end": _packed(b"q " * 1000, 500),
    "pdf, arrays in arrays": _of(b"[" * 200_000),
    "pdf, dictionaries in dictionaries": _of(_WORDS, extra=b"/A " + b"<< /A " * 20_000 + b">> " * 20_000),
    "pdf, strings without end": _of(b"BT /F1 11 Tf (" * 50_000),
    "pdf, paths without end": _packed(b"0 0 m 10 10 l S ", 200_000),
    "pdf, clips without end": _packed(b"q 0 0 9 9 re W n " + _WORDS, 3000),
    "pdf, a giant page": _of(_WORDS, extra=b"/UserUnit 1e9 /MediaBox [0 0 1e38 1e38]"),
    "pdf, a page inside out": _of(_WORDS, extra=b"/MediaBox [595 842 0 0] /Rotate 90"),
    "pdf, a page of nothing": _of(_WORDS, extra=b"/MediaBox [0 0 0 0]"),
    "pdf, a wrong length": lambda: write(page(_WORDS)).replace(b"/Length ", b"/Length 9"),
    "pdf, a length that is the stream": lambda: write(page(_WORDS)).replace(
        b"/Length %d" % len(_WORDS), b"/Length 4 0 R"
    ),
    "pdf, filters on filters": lambda: write(
        [*page(_WORDS)[:3], stream(b"x" * 99, b"/Filter [" + b"/FlateDecode " * 1000 + b"]"), _FONT]
    ),
    "pdf, an unknown cipher": lambda: write(page(_WORDS), trailer=b"/Root 1 0 R /Encrypt << /Filter /None /V 99 >>"),
    "pdf, a root that is none": lambda: write(page(_WORDS), trailer=b"/Root 99 0 R"),
    "pdf, no end": lambda: write(page(_WORDS)).partition(b"xref")[0],
    "pdf, a script and a file to start": lambda: write(
        [b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (/bin/true) >> >>", *page(_WORDS)[1:]]
    ),
    "pdf, a font of its own kind": lambda: write(
        [*page(_WORDS)[:4], b"<< /Type /Font /Subtype /Type0 /DescendantFonts [5 0 R] >>"]
    ),
}
