"""Files of a watched folder: each once, whole, with a receipt; against a real broker."""

from __future__ import annotations

import json
import os
import time
from threading import Event
from typing import TYPE_CHECKING

import pytest

from producers.memory import Memory
from producers.outbox import Outbox
from producers.watch import Watcher, retry
from tests.producers.watched import SAID, Desk, drain, receipt, received
from vigil import broker, topics
from vigil.embedded import start_broker
from vigil.errors import WatchError
from vigil.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kafka import KafkaConsumer, KafkaProducer

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    server = start_broker(tmp_path_factory.mktemp("broker"))
    made = Settings().model_copy(update={"kafka": server.address})
    broker.ensure_topics(made)
    yield made
    server.process.stop()


@pytest.fixture(scope="module")
def producer(settings: Settings) -> Iterator[KafkaProducer]:
    with broker.producing(settings) as made:
        yield made


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Iterator[KafkaConsumer]:
    made = broker.make_reader(settings, topics.ARTICLES)
    yield made
    made.close()


@pytest.fixture
def desk(tmp_path: Path, producer: KafkaProducer) -> Iterator[Desk]:
    made = Desk(tmp_path, producer)
    yield made
    made.memory.close()


@pytest.fixture
def emptying(tmp_path: Path, producer: KafkaProducer) -> Iterator[Desk]:
    made = Desk(tmp_path, producer, done=True)
    yield made
    made.memory.close()


def test_dropped_file_is_sent_and_has_a_receipt(desk: Desk, reader: KafkaConsumer) -> None:
    drain(reader)
    desk.drop("a.txt", url="https://northline.example/a", outlet="Northline")
    [taken] = desk.look()
    [article] = received(reader, 1)
    assert (taken.sent, taken.again, taken.reasons) == (1, 0, [])
    assert (article.text, article.outlet) == (SAID, "Northline")
    [listed] = receipt(desk.folder / "a.receipt.json")["articles"]
    assert (listed["article"], listed["revision"]) == (article.id, article.revision)


def test_receipt_says_where_the_article_stands(desk: Desk, settings: Settings) -> None:
    desk.drop("a.txt", "A march of its own\n\n" + SAID)
    desk.look()
    [listed] = receipt(desk.folder / "a.receipt.json")["articles"]
    reading = broker.make_reader(settings, topics.ARTICLES)
    found: dict[tuple[int, int], bytes] = {}
    deadline = time.monotonic() + 60
    while (listed["partition"], listed["offset"]) not in found:
        assert time.monotonic() < deadline, "nothing stands where the receipt says"
        for records in reading.poll(timeout_ms=200).values():
            found |= {(one.partition, one.offset): one.key for one in records}
    reading.close()
    assert found[listed["partition"], listed["offset"]].decode() == listed["article"]


def test_file_that_was_taken_is_not_taken_again(desk: Desk) -> None:
    desk.drop("a.txt")
    assert len(desk.look()) == 1
    assert desk.look() == []
    desk.restart()
    assert desk.look() == []


@pytest.mark.parametrize("live", [False, True])
def test_same_content_again_is_not_sent(desk: Desk, *, live: bool) -> None:
    desk.drop("a.txt")
    desk.look(live=live)
    desk.drop("b.txt")
    desk.drop("a.txt")
    assert {(one.sent, one.again) for one in desk.look(live=live)} == {(0, 1)}
    assert receipt(desk.folder / "b.receipt.json")["sent_before"] == 1


def test_same_text_in_two_files_dropped_together_is_sent_once(desk: Desk) -> None:
    desk.drop("a.txt")
    desk.drop("b.txt")
    assert sorted((one.sent, one.again) for one in desk.look()) == [(0, 1), (1, 0)]


def test_changed_file_is_sent_again(desk: Desk) -> None:
    desk.drop("a.txt", url="https://northline.example/a")
    desk.look()
    desk.drop("a.txt", "Twelve people were detained in Graz, police said.\n")
    [taken] = desk.look()
    assert taken.sent == 1


def test_file_that_changed_just_now_is_not_complete(desk: Desk) -> None:
    path = desk.drop("a.txt")
    assert desk.look(settle=60) == []
    long_ago = time.time() - 3_600
    os.utime(path, (long_ago, long_ago))  # as a copy that keeps its times does: it came now
    assert desk.look(settle=60) == []


def test_clock_of_another_machine_keeps_no_file_waiting(desk: Desk, tmp_path: Path) -> None:
    desk.drop("a.txt")
    watcher = Watcher(
        desk.places, Outbox(desk._producer), desk.memory, settle=60,
        tell=desk.taken.append, now=lambda: time.time() - 7_200,
    )  # fmt: skip
    assert watcher.look(Event()) == 0
    assert len(desk.taken) == 1


def test_live_article_is_known_from_when_its_file_came(desk: Desk, reader: KafkaConsumer) -> None:
    drain(reader)
    path = desk.drop("a.txt", "Published 4 May 2021\n\n" + SAID)
    desk.look(live=True)
    [article] = received(reader, 1)
    assert article.seen_at.timestamp() == pytest.approx(path.stat().st_ctime, abs=0.001)


def test_what_cannot_be_read_goes_to_quarantine_and_the_rest_goes_on(desk: Desk) -> None:
    desk.drop("a.txt")
    desk.drop("broken.json", b'{"text": ', outlet="Northline")
    taken = {one.file.rpartition("/")[2]: one for one in desk.look()}
    assert taken["a.txt"].sent == 1
    aside = desk.folder / ".quarantine"
    assert taken["broken.json"].at == aside / "broken.json"
    assert (aside / "broken.meta.json").exists()
    assert not (desk.folder / "broken.json").exists()
    assert "broken JSON" in receipt(aside / "broken.reason.json")["reasons"][0]


def test_lines_that_are_right_are_sent_from_a_file_with_one_that_is_not(desk: Desk) -> None:
    desk.drop("a.jsonl", f"{json.dumps({'text': SAID})}\nnothing\n")
    [taken] = desk.look()
    assert (taken.sent, len(taken.reasons)) == (1, 1)
    assert taken.reasons[0].startswith("2: ")


def test_retry_brings_back_what_was_mended(desk: Desk) -> None:
    desk.drop("sub/broken.json", b'{"text": ')
    desk.look()
    mended = desk.folder / ".quarantine" / "sub" / "broken.json"
    mended.write_text(json.dumps({"text": SAID}))
    assert retry(desk.places) == (1, [])
    [taken] = desk.look()
    assert (taken.sent, taken.at) == (1, desk.folder / "sub" / "broken.json")
    assert not mended.with_name("broken.reason.json").exists()


def test_retry_overwrites_nothing(desk: Desk) -> None:
    desk.drop("a.json", b"[")
    desk.look()
    desk.drop("a.json", json.dumps({"text": SAID}))
    assert retry(desk.places) == (0, [desk.folder / ".quarantine" / "a.json"])


def test_done_folder_takes_the_file_its_meta_file_and_the_receipt(emptying: Desk) -> None:
    emptying.drop("sub/a.txt")
    emptying.drop("b.txt", url="https://northline.example/b")
    emptying.look()
    assert emptying.places.done
    names = {
        str(path.relative_to(emptying.places.done)) for path in emptying.places.done.rglob("*.*")
    }
    assert names == {"sub/a.txt", "sub/a.receipt.json", "b.txt", "b.meta.json", "b.receipt.json"}
    left = [path for path in emptying.folder.rglob("*.*") if not path.name.startswith(".")]
    assert left == []


def test_done_folder_keeps_two_files_of_one_name(emptying: Desk) -> None:
    for text in ("Ten were held in Graz.", "Nine were held in Linz."):
        emptying.drop("latest.txt", text)
        emptying.look()
    assert emptying.places.done
    assert {path.read_text() for path in emptying.places.done.glob("*.txt")} == {
        "Ten were held in Graz.", "Nine were held in Linz.",
    }  # fmt: skip
    assert len(list(emptying.places.done.glob("*.receipt.json"))) == 2


def test_meta_file_that_a_crash_left_behind_follows_its_article(emptying: Desk) -> None:
    emptying.drop("a.txt", url="https://northline.example/a")
    emptying.look()
    assert emptying.places.done
    left = emptying.folder / "a.meta.json"
    (emptying.places.done / "a.meta.json").rename(left)
    emptying.look()
    assert not left.exists()
    assert (emptying.places.done / "a.meta.json").exists()


def test_meta_file_that_came_first_waits_for_its_article(desk: Desk, reader: KafkaConsumer) -> None:
    drain(reader)
    meta = desk.folder / "a.meta.json"
    meta.write_text('{"outlet": "The Lantern"}')
    assert desk.look() == []
    desk.drop("a.txt")
    desk.look()
    assert [one.outlet for one in received(reader, 1)] == ["The Lantern"]


@pytest.mark.parametrize("killed", [False, True])
@pytest.mark.parametrize("meta", [{"url": "https://northline.example/a"}, {"outlet": "Northline"}])
def test_meta_file_that_came_late_makes_no_second_article(
    desk: Desk, reader: KafkaConsumer, meta: dict[str, str], *, killed: bool
) -> None:
    drain(reader)
    text = f"Late, {meta}\n\nPublished: 5 May 2021\n\n{SAID}"
    path = desk.drop("a.txt", text)
    desk.look()
    if killed:  # before anything else was written down for good
        desk.memory._base.executescript("DELETE FROM sent; DELETE FROM files")
    desk.restart()
    (desk.folder / "a.meta.json").write_text(json.dumps(meta | {"published": "2021-05-04"}))
    [taken] = desk.look()
    assert (taken.sent, taken.again) == (1, 0)
    first, second = received(reader, 2)
    assert second.id == first.id
    assert (second.seen_at, second.revision) > (first.seen_at, first.revision), "it would not count"
    assert (second.url, second.outlet) == (meta.get("url"), meta.get("outlet"))
    os.utime(path)  # looked at anew, with nothing new in it
    assert [(one.sent, one.again) for one in desk.look()] == [(0, 1)]
    desk.drop("a.txt", f"{text}\n\nNo: it was fewer.")  # another text under the same address
    desk.look()
    [third] = received(reader, 1)
    assert (third.id == first.id) is ("url" in meta)


def test_meta_file_of_the_next_article_of_a_name_stays(emptying: Desk) -> None:
    emptying.drop("a.txt")
    emptying.look()
    meta = emptying.folder / "a.meta.json"
    meta.write_text('{"outlet": "The Lantern"}')
    emptying.look()
    assert meta.exists()


def test_two_articles_of_one_name_have_a_receipt_each(desk: Desk) -> None:
    desk.drop("a.txt")
    desk.drop("a.json", json.dumps({"text": "Nine were held in Linz."}))
    desk.look()
    said = {receipt(path)["file"] for path in desk.folder.glob("*.receipt.json")}
    assert said == {"a.txt", "a.json"}


def test_folder_is_watched_by_one_at_a_time(desk: Desk) -> None:
    with pytest.raises(WatchError, match="is watched already, by another vigil watch"):
        Memory(desk.folder)


def test_memory_that_is_broken_is_told(tmp_path: Path) -> None:
    (tmp_path / ".vigil-watch.db").write_bytes(b"no database at all, but some bytes" * 100)
    with pytest.raises(WatchError, match=r"is broken .* remove it"):
        Memory(tmp_path)


def test_many_files_dropped_at_once_are_all_taken_and_none_twice(
    emptying: Desk, reader: KafkaConsumer
) -> None:
    drain(reader)
    for number in range(600):
        emptying.drop(f"{number:04}.txt", f"March {number}\n\n{SAID}")
    taken = emptying.look(most=50)
    assert sum(one.sent for one in taken) == len(taken) == 600
    assert len({one.id for one in received(reader, 600)}) == 600
    assert emptying.look() == []
