"""Names are sorted and found by how they are read."""

import json
import random
import subprocess
import sys

import pytest

from app.domain.tags import Tags
from app.library.pinyin import syllables
from app.library.readings import reading, texts
from app.library.romaji import romaji


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("周杰伦 Live", "zhou jie lun Live"),
        ("音樂", "yin yue"),
        ("夜の桜", "夜の桜"),
        ("Björk", "Björk"),
        ("사랑", "사랑"),
    ],
)
def test_chinese_is_read_as_pinyin_and_the_rest_as_it_is(name: str, read: str) -> None:
    assert reading(name) == read


def test_family_names_are_read_as_names() -> None:
    assert reading("曾轶可", family_name=True) == "zeng yi ke"
    assert reading("单依纯", family_name=True) == "shan yi chun"
    assert reading("曾经") == "ceng jing"


@pytest.mark.parametrize(
    ("kana", "typed"),
    [
        ("さくら", ["sakura"]),
        ("とうきょう", ["toukyou", "tokyo"]),
        ("ちょっと", ["chotto"]),
        ("マッチ", ["matchi"]),
        ("ファイト", ["faito"]),
        ("スーパー", ["suupaa", "supa"]),
        ("ん", ["n"]),
        ("日本", []),
    ],
)
def test_kana_is_also_typed_in_latin_letters(kana: str, typed: list[str]) -> None:
    assert romaji(kana) == typed


def test_the_sort_names_of_a_file_decide_the_order_and_are_found_too() -> None:
    said = texts(
        Tags(title="戦場", artist="坂本龍一", artist_sort="Sakamoto, Ryuichi", album="図鑑", album_sort="Zukan")
    )
    assert (said.sort_artist, said.sort_album) == ("sakamoto, ryuichi", "zukan")
    assert "  sakamoto  ryuichi  " in json.loads(said.search_text)[1]


def test_traditional_width_accents_and_articles_do_not_count() -> None:
    assert texts(Tags(title="告白氣球")).sort_title == texts(Tags(title="告白气球")).sort_title == "gao bai qi qiu"
    assert texts(Tags(title="The ＢＪÖＲＫ")).sort_title == "bjork"
    assert json.loads(texts(Tags(title="サクラ")).search_text)[0].startswith("  さくら  ")


def test_the_search_text_does_not_explode() -> None:
    long = texts(Tags(title="夜" * 1000, artist="a.b" * 400, album="さ" * 1000))
    assert len(long.search_text) < 8_000


def test_pinyin_out_of_the_tables_is_what_pypinyin_reads() -> None:
    from pypinyin import lazy_pinyin
    from pypinyin.constants import PHRASES_DICT

    def differs(text: str) -> bool:
        return syllables(text) != lazy_pinyin(text, errors="ignore")

    dice, phrases = random.Random(1), sorted(PHRASES_DICT)
    characters = map(chr, (*range(0x3400, 0xA000), *range(0xF900, 0xFB00)))
    runs = ("".join(dice.choice(phrases)[: dice.randint(1, 5)] for _ in range(3)) for _ in range(2_000))
    assert [text for text in (*phrases, *characters, *runs) if differs(text)] == []


def test_readings_are_found_without_the_tables_of_pypinyin_in_memory() -> None:
    program = (
        "import sys\nfrom app.library.readings import reading\nassert reading('周杰伦') == 'zhou jie lun'\n"
        "assert 'pypinyin' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
