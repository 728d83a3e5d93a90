"""Whatever is wrong with a file, it gives one clear line and the rest goes on."""

from __future__ import annotations

import os
import socket
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from producers.files import MAX_BYTES, Refusal, as_published, read
from tests.producers.reading import article_of, read_all, reason_of, write, write_json
from vigil.article import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GOOD = "Tver: 43 held.\n\nThe square was empty by nine."
FORMATS = ["a.txt", "a.html", "a.htm", "a.json", "a.jsonl"]


@pytest.mark.parametrize("name", FORMATS)
def test_empty_file_is_refused(tmp_path: Path, name: str) -> None:
    assert reason_of(write(tmp_path / name, "")) == "empty file"


@pytest.mark.parametrize("name", FORMATS)
def test_white_space_is_refused(tmp_path: Path, name: str) -> None:
    assert reason_of(write(tmp_path / name, " \n\r\n\t ")) == "nothing but white space"


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json"])
@pytest.mark.parametrize(
    "content",
    [b"\x7fELF\x02\x01\x01\0\0\0", b"Tver: 43\0held", bytes(range(1, 32)) * 20],
    ids=["program", "nul", "controls"],
)
def test_binary_file_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    assert reason_of(write(tmp_path / name, content)) == "binary file"


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json"])
def test_large_file_is_refused_before_it_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.touch()
    os.truncate(path, 50 * 1024 * 1024)
    assert reason_of(path) == "52,428,800 bytes, more than 20 MiB"


def test_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"x" * MAX_BYTES)
    assert len(article_of(path).text) == MAX_BYTES


def test_endless_line_is_refused_and_the_next_ones_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.truncate(2 * MAX_BYTES + 7)
        file.seek(0, os.SEEK_END)
        file.write(b'\n{"text": "Tver: 43 held."}\n')
    refused, article = read_all(path)
    assert refused == Refusal(f"{path}:1", "a line of more than 20 MiB")
    assert isinstance(article, Article)
    assert article.origin == f"{path}:2"


def test_missing_path_is_refused(tmp_path: Path) -> None:
    assert reason_of(tmp_path / "gone.txt") == "no such file or folder"


def test_name_too_long_for_the_system_is_refused(tmp_path: Path) -> None:
    assert reason_of(tmp_path / ("a" * 300 + ".txt")) == "file name too long"


def test_link_to_nothing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.symlink_to(tmp_path / "gone.txt")
    assert reason_of(path) == "a link to nothing"


def test_link_to_itself_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.symlink_to(path)
    assert reason_of(path) == "a link that leads back to itself"


def test_link_to_a_file_is_followed(tmp_path: Path) -> None:
    real = write(tmp_path / "real.txt", GOOD)
    link = tmp_path / "link.txt"
    link.symlink_to(real)
    assert article_of(link).text == GOOD


def test_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    os.mkfifo(path)
    assert reason_of(path) == "a pipe, not a file"


def test_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path may have about a hundred characters
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("a.txt")
        assert reason_of(Path("a.txt")) == "a socket, not a file"


def test_device_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.symlink_to("/dev/zero")
    assert reason_of(path) == "a device, not a file"


def test_directory_with_the_name_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    assert read_all(tmp_path) == [Refusal(str(tmp_path / "a.txt"), "a directory, not a file")]


@pytest.fixture
def closed() -> Iterator[Path]:
    """A folder that anybody may enter, read by nobody in particular, even in a run as root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@contextmanager
def not_root() -> Iterator[None]:
    """Drop what only root may do while the block runs."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_file_of_somebody_else_is_refused(closed: Path) -> None:
    path = write(closed / "a.txt", GOOD)
    path.chmod(0)
    with not_root():
        assert reason_of(path) == "permission denied"


def test_folder_of_somebody_else_is_refused(closed: Path) -> None:
    folder = closed / "in"
    folder.mkdir(mode=0)
    with not_root():
        assert reason_of(folder) == "permission denied"


def test_folder_that_may_be_listed_and_not_entered_is_refused_file_by_file(closed: Path) -> None:
    folder = closed / "in"
    folder.mkdir()
    path = write(folder / "a.txt", GOOD)
    folder.chmod(0o444)
    with not_root():
        assert read_all(folder) == [Refusal(str(path), "permission denied")]
    folder.chmod(0o755)


def test_file_that_vanishes_after_it_was_listed_is_refused(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write(tmp_path / name, f"{name}: {GOOD}")
    items = read([tmp_path], seen_at=as_published)
    first = next(items)
    (tmp_path / "b.txt").unlink()
    refused, last = items
    assert refused == Refusal(str(tmp_path / "b.txt"), "vanished before it could be read")
    assert isinstance(first, Article)
    assert isinstance(last, Article)


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_file_that_vanishes_while_being_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = write(tmp_path / name, "[]\n")
    meanwhile(monkeypatch, path.unlink)
    assert read_all(path)[-1] == Refusal(str(path), "vanished while being read")


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_file_that_grows_while_being_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = write(tmp_path / name, "[]\n")

    def grow() -> None:
        with path.open("a") as file:
            file.write("[]\n")

    meanwhile(monkeypatch, grow)
    assert read_all(path)[-1] == Refusal(str(path), "changed while being read")


def test_file_that_shrinks_while_being_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.txt", GOOD)
    meanwhile(monkeypatch, lambda: os.truncate(path, 5))
    assert reason_of(path) == "changed while being read"


def test_files_that_come_and_go_give_articles_or_refusals(tmp_path: Path) -> None:
    # A real race: what comes of each file is open, that all goes on is not.
    paths = [tmp_path / f"{number:03}.txt" for number in range(200)]
    stop = threading.Event()

    def churn() -> None:
        while not stop.is_set():
            for path in paths:
                path.unlink(missing_ok=True)
                path.write_text(GOOD)

    for path in paths:
        path.write_text(GOOD)
    churning = threading.Thread(target=churn)
    churning.start()
    items = [item for _ in range(10) for item in read_all(tmp_path)]
    stop.set()
    churning.join()
    assert {item.text for item in items if isinstance(item, Article)} <= {GOOD}
    assert {item.reason for item in items if isinstance(item, Refusal)} <= {
        "empty file",
        "changed while being read",
        "vanished while being read",
        "vanished before it could be read",
    }


def test_broken_meta_file_refuses_its_article_and_no_other(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", GOOD)
    write(tmp_path / "a.meta.json", '{"title": ')
    write(tmp_path / "b.txt", GOOD)
    refused, article = read_all(tmp_path)
    reason = "meta file a.meta.json: broken JSON at line 1, column 11: Expecting value"
    assert refused == Refusal(str(tmp_path / "a.txt"), reason)
    assert isinstance(article, Article)


def test_meta_file_that_is_a_directory_refuses_its_article(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", GOOD)
    (tmp_path / "a.meta.json").mkdir()
    assert reason_of(path) == "meta file a.meta.json: a directory, not a file"


def test_meta_file_without_article_is_refused(tmp_path: Path) -> None:
    path = write_json(tmp_path / "a.meta.json", title="March in Tver")
    refusal = Refusal(str(path), "no article beside this meta file")
    assert read_all(tmp_path) == [refusal]
    assert read_all(path) == [refusal]


def test_meta_file_beside_many_articles_is_refused(tmp_path: Path) -> None:
    write_json(tmp_path / "a.jsonl", text=GOOD)
    meta = write_json(tmp_path / "a.meta.json", url="https://volga.example/a")
    article, refused = read_all(tmp_path)
    assert isinstance(article, Article)
    assert refused == Refusal(str(meta), "a meta file describes one article, .jsonl holds many")


def test_meta_file_beside_a_list_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", '[{"text": "Tver"}, {"text": "Omsk"}]')
    write_json(tmp_path / "a.meta.json", url="https://volga.example/a")
    assert reason_of(path) == "a meta file describes one article, this list may hold many"


def meanwhile(monkeypatch: pytest.MonkeyPatch, change: Callable[[], object]) -> None:
    """Let a file really change once, after it was opened and before it is read."""
    look = os.fstat

    def look_then_change(descriptor: int) -> os.stat_result:
        found = look(descriptor)
        monkeypatch.setattr("os.fstat", look)
        change()
        return found

    monkeypatch.setattr("os.fstat", look_then_change)
