"""Sites behind TLS, and sites that are not there."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import pytest
import trustme

from producers.feeds.request import trust
from tests.producers.feeds.site import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.producers.feeds.conftest import Reader
    from tests.producers.feeds.site import Site


@pytest.fixture
def secured() -> Iterator[tuple[Site, trustme.CA]]:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with serving(context) as running:
        yield running, authority


def test_certificate_that_nobody_vouches_for_is_refused(
    secured: tuple[Site, trustme.CA], reader: Reader
) -> None:
    site, _ = secured
    site.put("/page", "well")
    error = reader.why_not(f"{site.address}/page")
    assert "not public" in str(error)  # another port than the feed's
    reader.private = True
    error = reader.why_not(f"{site.address}/page")
    assert "the certificate of 127.0.0.1 is not to be trusted: " in str(error)
    assert site.asked == []


def test_certificate_that_the_system_trusts_is_accepted(
    secured: tuple[Site, trustme.CA], reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, authority = secured
    with authority.cert_pem.tempfile() as name:
        monkeypatch.setenv("SSL_CERT_FILE", name)
        reader.context = trust()
        reader.private = True
        site.put("/page", "well")
        assert reader.get(f"{site.address}/page")


def test_plain_http_on_a_secure_address_is_told(site: Site, reader: Reader) -> None:
    reader.private = True
    error = reader.why_not(site.address.replace("http:", "https:") + "/page")
    assert "no secure connection" in str(error)


def test_nobody_there_is_told(reader: Reader, nobody: str) -> None:
    reader.private = True
    assert "no connection to 127.0.0.1" in str(reader.why_not(f"http://{nobody}/"))


def test_name_without_address_is_told(reader: Reader) -> None:
    assert "has no address" in str(reader.why_not("http://nowhere.invalid/"))
