"""Papers for the tests, made on the spot."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas


def pdf(*lines: str) -> bytes:
    data = io.BytesIO()
    page = Canvas(data, invariant=1)
    for number, line in enumerate(lines):
        page.drawString(72, 720 - 20 * number, line)
    page.save()
    return data.getvalue()
