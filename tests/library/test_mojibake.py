"""Text read in the wrong encoding is made readable, and right text is never touched."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.clean import clean_tag
from app.domain.tags import Tags
from app.library.mojibake import repaired

NAMES = {
    "gb18030": "周杰伦|七里香|七里香;王菲|红豆|唱游;许巍|蓝莲花|时光漫步;"
    "崔健|一无所有|新长征路上的摇滚;孙燕姿|遇见|The Moment;"
    "李健|贝加尔湖畔|依然;朴树|平凡之路|猎户星座;刘若英|后来|我等你;赵雷|成都|无法长大;毛不易|消愁|平凡的一天;植松伸夫|植松伸夫|最终幻想",
    "big5": "周杰倫|告白氣球|周杰倫的床邊故事;鄧麗君|月亮代表我的心|島國之情歌;羅大佑|童年|之乎者也;李宗盛|山丘|山丘;"
    "陳綺貞|旅行的意義|華麗的冒險;蔡琴|恰似你的溫柔|出塞曲;劉德華|忘情水|忘情水;張國榮|風繼續吹|風繼續吹;五月天|五月天|五月天",
    "cp932": "宇多田ヒカル|花束を君に|ファントーム;米津玄師|レモン|ストレイシープ;坂本龍一|戦場のメリークリスマス|音楽;"
    "中島みゆき|地上の星|短篇集;スピッツ|ロビンソン|ハチミツ;久石譲|風の伝説|風の谷のナウシカ;星野源|恋|恋",
    "cp949": "아이유|좋은 날|리얼;소녀시대|다시 만난 세계|소녀시대;"
    "김광석|서른 즈음에|네번째;이문세|광화문 연가|다섯번째;"
    "박효신|눈의 꽃|소울트리;들국화|그것만이 내 세상|들국화;"
    "양희은|아침 이슬|고운노래;성시경|거리에서|더 발라드",
    "cp1251": "Кино|Группа крови|Группа крови;Алиса|Красное на чёрном|Шестой лесничий;"
    "Сплин|Выхода нет|Гранатовый альбом;"
    "Аквариум|Город золотой|День серебра;Машина времени|Поворот|В добрый час;"
    "Булат Окуджава|Грузинская песня|Избранное",
    "koi8_r": "Кино|Группа крови|Группа крови;Алиса|Красное на чёрном|Шестой лесничий;"
    "Сплин|Выхода нет|Гранатовый альбом;ДДТ|Что такое осень|Актриса Весна;Наутилус Помпилиус|Крылья|Титаник;"
    "Аквариум|Город золотой|День серебра;МАШИНА ВРЕМЕНИ|Поворот|В добрый час;Земфира|Хочешь?|Прости меня моя любовь;"
    "Булат Окуджава|Грузинская песня|Избранное;владимир высоцкий|кони привередливые|избранное",
    "euc_jp": "宇多田ヒカル|花束を君に|ファントーム;米津玄師|レモン|ストレイシープ;"
    "坂本龍一|戦場のメリークリスマス|音楽;中島みゆき|地上の星|短篇集;スピッツ|ロビンソン|ハチミツ;"
    "久石譲|風の伝説|風の谷のナウシカ;星野源|恋|恋;"
    "椎名林檎|丸の内サディスティック|無罪モラトリアム;サザンオールスターズ|いとしのエリー|バラッド;"
    "山下達郎|クリスマス・イブ|メロディーズ;小田和正|言葉にできない|自己ベスト;美空ひばり|川の流れのように|全曲集",
    "utf-8": "Beyoncé|Déjà Vu|B'Day;Björk|Jóga|Homogenic;周杰伦|七里香|七里香;Кино|Звезда|Группа крови;さくら|恋|恋",
}
RIGHT = [
    "Motörhead",
    "Björk",
    "Sigur Rós",
    "Ágætis byrjun",
    "Mötley Crüe",
    "Été 67",
    "ÉTÉ",
    "Ñ",
    "ÄÖÜ",
    "Ænima",
    "Noël",
    "Straße",
    "Größe",
    "Füße",
    "coração",
    "CANÇÃO",
    "Não",
    "créée",
    "Hääyö",
    "öäå",
    "Þórr",
    "Góða nótt",
    "Jökulsárlón",
    "À bout de souffle",
    "Ça ira",
    "L'été indien",
    "Où",
    "À",
    "Øystein",
    "æøå",
    "ÆØÅ",
    "«Été»",
    "Señorita",
    "El Niño",
    "¿Qué?",
    "¡Olé!",
    "Queensrÿche",
    "Blue Öyster Cult",
    "Die Ärzte",
    "Herbert Grönemeyer",
    "ÜBER",
    "Schöne Grüße",
    "Françoise Hardy",
    "Je ne regrette rien – Été",
    "João Gilberto",
    "Águas de Março",
    "Construção",
    "Dvořák",
    "Ólafur Arnalds",
    "Þú ert jörðin",
    "½",
    "°C",
    "10° below",
    "£1,000,000",
    "© ® ™",
    "ß",
    "Äää",
    "Täällä Pohjantähden alla",
    "Säkkijärven polkka",
    "Röyksopp",
    "MØ",
    "Året",
    "ÅÄÖ",
    "Räksmörgås",
    "où ça là",
    "Naïve",
    "Anaïs",
    "Corações",
    "AÇÕES",
    "¡ÁÉÍÓÚ!",
    "Żółć",
    "Ząb",
    "Кино",
    "周杰伦",
    "さくら",
    "아이유",
]
ROWS = [(encoding, row) for encoding, rows in NAMES.items() for row in rows.split(";")]


@pytest.mark.parametrize(("encoding", "row"), ROWS)
def test_names_in_the_wrong_encoding_come_back_and_the_text_of_the_file_is_kept(encoding: str, row: str) -> None:
    artist, title, album = row.split("|")
    seen = [clean_tag(text.encode(encoding).decode("latin-1")) for text in (artist, title, album)]
    tags, kept = repaired(Tags(artist=seen[0], title=seen[1], album=seen[2], genre="Pop"))
    assert (tags.artist, tags.title, tags.album, tags.genre) == (artist, title, album, "Pop")
    fields = json.loads(kept)["fields"]
    assert json.loads(kept)["encoding"] == encoding
    assert all(text.encode("latin-1").decode(encoding) == getattr(tags, name) for name, text in fields.items())


@pytest.mark.parametrize("title", RIGHT)
def test_right_text_is_left_alone(title: str) -> None:
    assert repaired(Tags(title=title)) == (Tags(title=title), "")


@settings(max_examples=400, deadline=None)
@given(*[st.sampled_from(RIGHT)] * 3)
def test_right_texts_of_one_file_are_left_alone(title: str, artist: str, album: str) -> None:
    tags = Tags(title=title, artist=artist, album=album)
    assert repaired(tags) == (tags, "")


@settings(max_examples=400, deadline=None)
@given(st.lists(st.from_regex(r"[A-Z]?[a-z]{1,5}[à-öø-ÿ][a-z]{1,5}", fullmatch=True), min_size=1, max_size=5))
def test_words_with_one_accent_are_left_alone(words: list[str]) -> None:
    tags = Tags(title=" ".join(words), artist=words[0])
    assert repaired(tags) == (tags, "")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_safe(title: str, artist: str) -> None:
    repaired(Tags(title=clean_tag(title), artist=clean_tag(artist)))


@pytest.mark.parametrize(
    "title", ["Їхав козак за Дунай", "Океан Ельзи", "Ґудзик і нитка", "Вечір надворі", "ЩЕ НЕ ВМЕРЛА УКРАЇНА"]
)
def test_ukrainian_letters_are_letters(title: str) -> None:
    assert repaired(Tags(title=title.encode("cp1251").decode("latin-1")))[0].title == title


@pytest.mark.parametrize("title", ["שלום עליכם", "ירושלים של זהב", "הבה נגילה"])
def test_hebrew_does_not_become_russian(title: str) -> None:
    tags = Tags(title=title.encode("cp1255").decode("latin-1"))
    assert repaired(tags) == (tags, "")


def test_two_characters_that_are_as_good_in_two_languages_stay() -> None:
    tags = Tags(title="봄날".encode("cp949").decode("latin-1"))
    assert repaired(tags) == (tags, "")


@pytest.mark.parametrize(
    ("title", "artist"),
    [
        ("Don’t “Stop”", "Sinéad O’Connor"),
        ("Café – Été…", "Cœur de pirate"),
        ("L’été indien", "Joe Dassin"),
        ("Žižkov", "Škwor"),
        ("Who’s Next", "周杰伦"),
    ],
)
def test_signs_of_windows_come_back_among_latin_letters(title: str, artist: str) -> None:
    seen = [
        text if max(text) > "\u2122" else clean_tag(text.encode("cp1252").decode("latin-1")) for text in (title, artist)
    ]
    tags, kept = repaired(Tags(title=seen[0], artist=seen[1], album="Plain"))
    assert (tags.title, tags.artist, tags.album) == (title, artist, "Plain")
    fields = json.loads(kept)["fields"]
    assert json.loads(kept)["encoding"] == "cp1252"
    assert all(text.encode("latin-1").decode("cp1252") == getattr(tags, name) for name, text in fields.items())


@pytest.mark.parametrize("title", ["\x87Ö", "\x93Ö\xd0", "Don\x92t\x81", "a\x86b"])
def test_where_control_characters_are_no_signs_of_windows_they_only_go(title: str) -> None:
    tags, kept = repaired(Tags(title=title))
    assert (tags.title, kept) == ("".join(c for c in title if not "\x80" <= c <= "\x9f"), "")
