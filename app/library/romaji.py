"""Kana in Latin letters, as people type it (Hepburn), so that "sakura" finds さくら."""

import re

_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ",
    "m": "まみむめも", "y": "や ゆ よ", "r": "らりるれろ", "w": "わゐ ゑを", "g": "がぎぐげご", "z": "ざじずぜぞ",
    "d": "だぢづでど", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ",
}  # fmt: skip
_ODD = {"し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu", "を": "o", "ゐ": "i"}
_ODD |= {"ゑ": "e", "ん": "n", "ゔ": "vu"}
_SMALL = {"ゃ": "a", "ゅ": "u", "ょ": "o", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}
_SOUNDS = {
    kana: (consonant + vowel)
    for consonant, row in _ROWS.items()
    for kana, vowel in zip(row, "aiueo", strict=True)
    if kana != " "
} | _ODD
_RUN = re.compile("[ぁ-ゖァ-ヺー]+")
_LONG = (("ou", "o"), ("oo", "o"), ("uu", "u"), ("aa", "a"), ("ii", "i"), ("ee", "e"))


def romaji(name: str) -> list[str]:
    """The kana of a name: as spelled, and with long vowels short, where that differs.

    >>> romaji("東京タワー"), romaji("とうきょう")
    (['tawaa', 'tawa'], ['toukyou', 'tokyo'])
    """
    spelled = " ".join(_spelled(run) for run in _RUN.findall(name))
    short = spelled
    for long, vowel in _LONG:
        short = short.replace(long, vowel)
    return list(dict.fromkeys(form for form in (spelled, short) if form))


def _spelled(run: str) -> str:
    letters, doubled = "", False
    for kana in run:
        kana = chr(ord(kana) - 0x60) if "ァ" <= kana <= "ヶ" else kana
        if kana == "っ":
            doubled = True
            continue
        if kana == "ー":
            letters += letters[-1:]
            continue
        if kana in _SMALL:
            letters = _blended(letters, kana)
            continue
        sound = _SOUNDS.get(kana, "")
        letters += ("t" if sound.startswith("ch") else sound[:1]) + sound if doubled else sound
        doubled = False
    return letters


def _blended(letters: str, kana: str) -> str:
    """き + ゃ is kya, し + ゃ is sha, フ + ァ is fa."""
    vowel = _SMALL[kana]
    if kana in "ゃゅょ" and letters.endswith("i"):
        stem = letters[:-1]
        return stem + ("" if stem.endswith(("sh", "ch", "j")) else "y") + vowel
    if letters.endswith("u"):
        stem = letters[:-1]
        return (stem or "w") + vowel if stem != "k" else "kw" + vowel
    return letters[:-1] + vowel if letters[-1:] in "aeio" and letters[-2:-1] else letters + vowel
