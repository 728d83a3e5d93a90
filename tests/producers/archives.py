"""Archives for tests: JSON lines, and web archives as crawlers write them."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.producers.feeds.site import page

if TYPE_CHECKING:
    from collections.abc import Sequence

MEMBER = b"\x1f\x8b\x08"
BEGINS = b"WARC/1."


def told(number: int) -> str:
    """Return the text of an article."""
    return f"Police detained {number + 10} people in Moscow on Thursday, a reporter saw."


def line(number: int, **fields: object) -> bytes:
    """Return a line of JSON."""
    record = {"url": f"https://northline.example/{number}", "text": told(number)} | fields
    return json.dumps(record).encode() + b"\n"


def address(number: int) -> str:
    """Return where a page was."""
    return f"https://northline.example/{number}"


def html(number: int) -> bytes:
    """Return a page."""
    return page(told(number), title=f"Night {number}").encode()


def warc(*pages: tuple[str, bytes, dict[str, str]], packed: bool = True) -> list[bytes]:
    """Return the records of an archive: what was asked and what was answered, page by page."""
    records = []
    for url, body, options in pages:
        for kind in ("request", "response"):
            out = io.BytesIO()
            writer = WARCWriter(out, gzip=packed)
            first = "GET / HTTP/1.1" if kind == "request" else options.get("status", "200 OK")
            headers = [("Content-Type", options.get("type", "text/html; charset=utf-8"))]
            if "encoding" in options and kind == "response":
                headers.append(("Content-Encoding", options["encoding"]))
            http = StatusAndHeaders(first, headers, protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    url,
                    kind,
                    payload=io.BytesIO(body if kind == "response" else b""),
                    http_headers=http,
                )
            )
            records.append(out.getvalue())
    return records


def pages(numbers: Sequence[int]) -> list[tuple[str, bytes, dict[str, str]]]:
    """Return some pages."""
    return [(address(number), html(number), {}) for number in numbers]
