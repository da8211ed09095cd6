"""Files that come in pieces, late, twice, or not at all."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from recommender.files.community_files import read_model
from recommender.remote.errors import BadAnswer, NotKept, RemoteError, Stopped, TryLater, Unreachable
from tests.helpers.publisher import Publisher, targets_of
from tests.helpers.web import answer


def test_a_download_that_is_cut_goes_on_where_it_was(publisher: Publisher, tmp_path: Path) -> None:
    (core,) = [path for path in targets_of(publisher) if "core" in path.name]
    raw, cuts = core.read_bytes(), [len(raw := core.read_bytes()) // 3]

    def cut(handler: Any) -> None:
        begin = int((handler.headers.get("Range") or "bytes=0-").removeprefix("bytes=").removesuffix("-"))
        end = begin + cuts[0]
        handler.send_response(206 if begin else 200)
        handler.send_header("Content-Length", str(len(raw) - begin))
        if begin:
            handler.send_header("Content-Range", f"bytes {begin}-{len(raw) - 1}/{len(raw)}")
        handler.end_headers()
        handler.wfile.write(raw[begin:end])
        handler.close_connection = True

    publisher.site.special[f"/targets/{core.name}"] = cut
    publisher.asked(tmp_path / "got")
    read_model(tmp_path / "got")
    ranges = [headers["range"] for path, headers in publisher.site.seen if "range" in headers]
    assert ranges == [f"bytes={cuts[0]}-", f"bytes={2 * cuts[0]}-", f"bytes={3 * cuts[0]}-"][: len(ranges)]
    assert len(ranges) >= 2


def test_what_came_before_the_listener_cancelled_is_not_fetched_again(publisher: Publisher, tmp_path: Path) -> None:
    (core,) = [path for path in targets_of(publisher) if "core" in path.name]
    raw = core.read_bytes()
    here: list[int] = []

    def half(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(raw)))
        handler.end_headers()
        handler.wfile.write(raw[: len(raw) // 2])
        handler.wfile.flush()
        handler.close_connection = True

    def came(got: int, _whole: int) -> None:
        if core.name in publisher.log.paths[-1]:
            here.append(got)

    publisher.site.special[f"/targets/{core.name}"] = half
    with pytest.raises((Stopped, Unreachable)):
        publisher.asked(tmp_path / "got", came, cancelled=lambda: bool(here))
    del publisher.site.special[f"/targets/{core.name}"]
    publisher.asked(tmp_path / "got")
    ranges = [headers["range"] for _, headers in publisher.site.seen if "range" in headers]
    assert ranges == [f"bytes={len(raw) // 2}-"]
    read_model(tmp_path / "got")


def test_a_beginning_from_another_file_is_noticed_and_fetched_anew(publisher: Publisher, tmp_path: Path) -> None:
    (core,) = [path for path in targets_of(publisher) if "core" in path.name]
    (tmp_path / "got").mkdir()
    part = tmp_path / "got" / f"{core.name.split('.', 1)[1]}.part"
    for beginning in (b"x" * 100, b"x" * core.stat().st_size, b"x" * (core.stat().st_size + 5)):
        part.write_bytes(beginning)
        publisher.asked(tmp_path / "got")
        read_model(tmp_path / "got")
        shutil.rmtree(tmp_path / "got")
        (tmp_path / "got").mkdir()


@pytest.mark.parametrize("span", ["bytes 0-9/10", "bytes 5-9/99999999", "", "nonsense"])
def test_another_piece_than_was_asked_for_is_not_glued_on(publisher: Publisher, tmp_path: Path, span: str) -> None:
    (core,) = [path for path in targets_of(publisher) if "core" in path.name]
    (tmp_path / "got").mkdir()
    (tmp_path / "got" / f"{core.name.split('.', 1)[1]}.part").write_bytes(core.read_bytes()[:5])
    publisher.site.special[f"/targets/{core.name}"] = lambda handler: answer(handler, 206, b"abcde", Content_Range=span)
    with pytest.raises(BadAnswer, match="another piece"):
        publisher.asked(tmp_path / "got")


@pytest.mark.parametrize(("status", "kind"), [(500, BadAnswer), (404, BadAnswer), (416, BadAnswer)])
def test_a_server_in_trouble_leaves_one_sentence_and_no_model(
    publisher: Publisher, tmp_path: Path, status: int, kind: type[RemoteError]
) -> None:
    (core,) = [path for path in targets_of(publisher) if "core" in path.name]
    for path in ("/metadata/timestamp.json", f"/targets/{core.name}"):
        publisher.site.special[path] = lambda handler: answer(handler, status)
        with pytest.raises(kind):
            publisher.asked(tmp_path / "got")
        assert not (tmp_path / "got/model.json").exists()
        del publisher.site.special[path]
    publisher.asked(tmp_path / "got")


def test_a_server_that_is_busy_for_a_moment_is_waited_for_and_no_longer(publisher: Publisher, tmp_path: Path) -> None:
    (core,) = [path for path in targets_of(publisher) if "core" in path.name]
    raw, asked = core.read_bytes(), 0

    def busy_once(handler: Any) -> None:
        nonlocal asked
        asked += 1
        answer(handler, 429, Retry_After="0") if asked == 1 else answer(handler, 200, raw)

    publisher.site.special[f"/targets/{core.name}"] = busy_once
    publisher.asked(tmp_path / "got")
    read_model(tmp_path / "got")
    assert asked == 2
    shutil.rmtree(tmp_path / "got")
    publisher.site.special[f"/targets/{core.name}"] = lambda handler: answer(handler, 503, Retry_After="31")
    with pytest.raises(TryLater) as found:
        publisher.asked(tmp_path / "got")
    assert found.value.after_s == 31
    publisher.site.special[f"/targets/{core.name}"] = lambda handler: answer(handler, 429, Retry_After="0")
    before = len(publisher.site.seen)
    with pytest.raises(TryLater):
        publisher.asked(tmp_path / "got")
    assert sum(core.name in path for path, _ in publisher.site.seen[before:]) == 6
    publisher.site.special["/metadata/timestamp.json"] = lambda handler: answer(handler, 429, Retry_After="7")
    with pytest.raises(TryLater) as found:
        publisher.asked()
    assert found.value.after_s == 7
    del publisher.site.special["/metadata/timestamp.json"]
    publisher.site.special[f"/targets/{core.name}"] = lambda handler: answer(handler, 429, Retry_After="20")
    with pytest.raises(Stopped):
        publisher.asked(
            tmp_path / "got", cancelled=lambda: any(done.status == 429 for done in publisher.log.answers[-1:])
        )


def test_a_full_disk_is_one_sentence_and_gives_back_what_it_took(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("recommender.remote.download.os.fsync", full)
        with pytest.raises(NotKept, match="no room"):
            publisher.asked(tmp_path / "got")
    assert list((tmp_path / "got").iterdir()) == []
    publisher.asked(tmp_path / "got")
