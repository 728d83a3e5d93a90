"""Folders give their files in an order that never changes, each folder once."""

from __future__ import annotations

import os
import sqlite3
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from producers.refusal import Refusal
from producers.walk import walk
from tests.producers.reading import write

if TYPE_CHECKING:
    from pathlib import Path


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, "{}")


def walked(folder: Path) -> list[str]:
    found = list(walk(folder))
    assert not [item for item in found if isinstance(item, Refusal)]
    return [item.relative_to(folder).as_posix() for item in found if not isinstance(item, Refusal)]


def test_folder_is_walked_in_the_order_of_names(tmp_path: Path) -> None:
    touch(tmp_path, "c.txt", "b/z.txt", "b/a/y.html", "a.json", "B.jsonl", "d.HTM")
    assert walked(tmp_path) == ["B.jsonl", "a.json", "b/a/y.html", "b/z.txt", "c.txt", "d.HTM"]


def test_folder_too_large_to_be_sorted_in_memory_has_the_same_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = (b"\xff\xfe.txt", b"\xf0\x9f\x8e\x89.txt", b"line\nend.txt", b"Z.txt", b"'; DROP.txt")
    names = [os.fsdecode(name) for name in odd] + [f"{n * 37 % 50:02}.txt" for n in range(50)]
    touch(tmp_path, *names, *(f"in/{name}" for name in names))
    in_memory = walked(tmp_path)
    assert len(in_memory) == 2 * len(names)
    for most in (1, len(names), len(names) + 2):
        monkeypatch.setattr("producers.walk._IN_MEMORY", most)
        assert walked(tmp_path) == in_memory


def test_folder_that_cannot_be_sorted_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path, "a.txt", "b.txt")
    monkeypatch.setattr("producers.walk._IN_MEMORY", 1)

    def full(_name: str) -> None:
        message = "database or disk is full"
        raise sqlite3.OperationalError(message)

    monkeypatch.setattr("producers.walk.sqlite3.connect", full)
    [refusal] = walk(tmp_path)
    assert isinstance(refusal, Refusal)
    assert "sorted on disk (database or disk is full)" in refusal.reason


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.txt",
        ".git/a.txt",
        "README.txt",
        "readme-en.html",
        "README",
        "photo.jpg",
        "notes.md",
        "txt",
        "a.txt~",
        "a.txt.part",
    ],
)
def test_what_is_no_article_is_passed_over_in_a_folder(tmp_path: Path, name: str) -> None:
    touch(tmp_path, name, "a.txt")
    assert walked(tmp_path) == ["a.txt"]


def test_name_that_only_begins_like_readme_is_an_article(tmp_path: Path) -> None:
    touch(tmp_path, "readmeeting-the-press.txt", "readmission.txt")
    assert walked(tmp_path) == ["readmeeting-the-press.txt", "readmission.txt"]


@pytest.mark.parametrize("article", ["a.txt", "a.TXT", "a.html", "a.htm", "a.json"])
def test_meta_file_beside_its_article_is_no_article(tmp_path: Path, article: str) -> None:
    touch(tmp_path, article, "a.meta.json")
    assert walked(tmp_path) == [article]


def test_named_meta_file_beside_its_article_is_passed_over(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt", "a.meta.json")
    assert list(walk(tmp_path / "a.meta.json")) == []


def test_named_file_of_unknown_kind_is_refused_with_the_kinds_that_are_known(
    tmp_path: Path,
) -> None:
    touch(tmp_path, "a.pdf")
    reason = "unknown kind of file; known are .txt, .html, .htm, .json, .jsonl, "
    reason += ".jsonl.gz, .warc, .warc.gz"
    assert list(walk(tmp_path / "a.pdf")) == [Refusal(str(tmp_path / "a.pdf"), reason)]


@pytest.mark.parametrize("name", ["README.txt", ".a.txt"])
def test_named_file_that_is_no_article_is_refused(tmp_path: Path, name: str) -> None:
    touch(tmp_path, name)
    reason = "hidden files and READMEs are no articles"
    assert list(walk(tmp_path / name)) == [Refusal(str(tmp_path / name), reason)]


def test_directory_loop_is_reported_once_and_the_rest_goes_on(tmp_path: Path) -> None:
    touch(tmp_path, "in/a.txt", "in/sub/b.txt", "z.txt")
    loop = tmp_path / "in" / "sub" / "again"
    loop.symlink_to(tmp_path / "in")
    assert list(walk(tmp_path)) == [
        tmp_path / "in" / "a.txt",
        Refusal(str(loop), f"directory loop: leads back to {tmp_path / 'in'}"),
        tmp_path / "in" / "sub" / "b.txt",
        tmp_path / "z.txt",
    ]


def test_folder_with_many_links_to_it_is_walked_once(tmp_path: Path) -> None:
    touch(tmp_path, "real/a.txt")
    for number in range(5):
        (tmp_path / f"link{number}").symlink_to(tmp_path / "real")
    assert walked(tmp_path) == ["link0/a.txt"]


def test_folders_that_link_to_one_another_do_not_multiply(tmp_path: Path) -> None:
    folders = [tmp_path / f"{number:02}" for number in range(30)]
    for folder in folders:
        touch(folder, "a.txt")
    for folder, following in pairwise(folders):
        (folder / "left").symlink_to(following)
        (folder / "right").symlink_to(following)
    assert len(list(walk(folders[0]))) == 30


def test_link_to_nothing_among_folders_is_left_to_the_reader(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert walked(tmp_path) == ["gone.txt"]
