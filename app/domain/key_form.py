"""The form in which keys hold names: like that of the search, but marks that make another word of it stay.

Two names of one artist with this form in common, at one length, are taken for one recording. So a mark goes where the
same name is written with and without it, and stays where it is always written and another word stands without it.

What goes: accents of Latin and Greek; stress, titlo and the points of "ё" in Cyrillic, but not what makes another
letter ("й" has a primary weight of its own in DUCET, the table of Unicode's collation; "ї", "ў", "ѓ" and "ќ" are
letters of their alphabets, and always written); the vowel points of Hebrew, Arabic and Syriac, and Arabic hamza and
madda, which are mostly left out (Lucene's ArabicNormalizer takes them off, too); accents of the Veda; the nukta of
Devanagari, which Hindi often leaves out (Lucene's HindiNormalizer), but of no other script: it tells letters of
Bengali, Gurmukhi and Odia apart; marks of gemination in Ethiopic, of old tones in Chinese and Korean.

What stays, of every other script: voicing of kana; vowels, tones and viramas from Devanagari and Thai to Tibetan,
Burmese and Khmer. The vowels and viramas have primary weights in DUCET: a dictionary, too, has another word without.

Signs that stand for one another are one: Don’t is Don't, and a dash is a hyphen. What one tagger or service writes
another writes otherwise. So does who types an acute accent for an apostrophe: Don´t.
"""

import re
import unicodedata

_BLOCKS = (
    (0x0300, 0x036F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F),  # of any script
    (0x0483, 0x0487), (0x2DE0, 0x2DFF), (0xA66F, 0xA67D), (0xA69E, 0xA69F), (0x2CEF, 0x2CF1),  # Cyrillic, Coptic
    (0x1E000, 0x1E02A),  # Glagolitic
    (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06ED),  # Hebrew, Arabic
    (0x0897, 0x089F), (0x08CA, 0x08FF), (0x0711, 0x0711), (0x0730, 0x074A),  # Arabic, Syriac
    (0x0816, 0x082D), (0x0859, 0x085B),  # Samaritan, Mandaic
    (0x093C, 0x093C), (0x0951, 0x0954), (0x1CD0, 0x1CFF), (0xA8E0, 0xA8F1),  # nukta of Devanagari, accents of the Veda
    (0x135D, 0x135F), (0x302A, 0x302F),  # Ethiopic, Chinese and Korean
    (0x1D165, 0x1D1AD), (0x1D242, 0x1D244),  # notes
)  # fmt: skip
_OPTIONAL = frozenset(
    mark for first, last in _BLOCKS for mark in map(chr, range(first, last + 1)) if unicodedata.combining(mark)
)
_LETTERS = (
    ("\u0438\u0306", "й"), ("\u0456\u0308", "ї"), ("\u0443\u0306", "ў"), ("\u0433\u0301", "ѓ"), ("\u043a\u0301", "ќ"),
    ("=\u0338", "≠"),
)  # fmt: skip
_ONE_SIGN = str.maketrans(
    dict.fromkeys("`ʹʻʼʽʾʿ‘’‛′", "'") | dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‐‑‒–—―−", "-") | {"〜": "~"}
)
ACUTE = "´"
_TONE_AFTER_AM = re.compile("([\u0e4d\u0ecd])([\u0e48-\u0e4b\u0ec8-\u0ecb])")


def key_form(value: str) -> str:
    """Case, width, spacing, the form of a quote or dash, and accents where they are no part of a word, do not count.

    >>> key_form("Été  Sans FIN"), key_form("ガラス") == key_form("カラス"), key_form("ｶﾞﾗｽ") == key_form("ガラス")
    ('ete sans fin', False, True)
    >>> key_form("Don´t")
    "don't"
    """
    if value.isascii():
        return " ".join(value.lower().replace("`", "'").split())
    value = value.replace(ACUTE, "'")  # it would come apart into a space and an accent
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", value).casefold())
    for written, letter in _LETTERS:
        decomposed = decomposed.replace(written, letter)
    bare = "".join(c for c in decomposed if c not in _OPTIONAL)
    in_order = _TONE_AFTER_AM.sub(r"\2\1", bare)  # Thai and Lao "am" comes apart, and its tone may stand on either side
    return " ".join(unicodedata.normalize("NFKC", one_sign(in_order)).split())


def one_sign(value: str) -> str:
    r"""A name with one form of each sign.

    >>> one_sign("Don’t – “Stop”")
    'Don\'t - "Stop"'
    """
    return value.translate(_ONE_SIGN)
