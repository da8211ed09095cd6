"""Covers: the tile where there is no picture, and pictures of any shape."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from app.ui.covers import DARK_TILES, LIGHT_TILES, initials, paint_cover, placeholder, tile_colours
from app.ui.theme import DARK, LIGHT, Palette, contrast


@pytest.mark.parametrize("tiles", [LIGHT_TILES, DARK_TILES])
def test_initials_stand_out_from_every_tile(tiles: tuple[tuple[str, str], ...]) -> None:
    assert len(tiles) == 8
    assert min(contrast(ground, ink) for ground, ink in tiles) >= 4.5


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Blue Ledger", "BL"),
        ("The Wolves", "W"),
        ("The", "T"),
        ("夜の桜", "夜"),
        ("Été sans fin", "ÉS"),
        ("(1989) deluxe", "1D"),
        ("  ", ""),
        ("?! ...", ""),
        ("x" * 5000, "X"),
    ],
)
def test_a_tile_says_up_to_two_initials(words: str, expected: str) -> None:
    assert initials(words) == expected


def test_an_album_keeps_its_hue_and_albums_differ() -> None:
    assert tile_colours("album", LIGHT) == tile_colours("album", LIGHT)
    assert len({tile_colours(f"album {n}", LIGHT) for n in range(200)}) == 8


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_a_placeholder_is_a_square_of_device_pixels(qapp: object, palette: Palette) -> None:
    tile = placeholder("key", "Blue Ledger", 148, palette)
    assert (tile.width(), tile.height()) == (148, 148)
    image = tile.toImage()
    assert image.pixelColor(2, 2) == QColor(tile_colours("key", palette)[0])
    seen = {image.pixelColor(x, y).name() for x in range(20, 128, 2) for y in range(50, 100, 2)}
    assert tile_colours("key", palette)[1].lower() in seen


def test_tiles_that_look_alike_are_painted_once(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[str] = []
    monkeypatch.setattr("app.ui.covers._paint", lambda *given: painted.append(given[4]))
    key = next(f"album {n}" for n in range(99) if tile_colours(f"album {n}", LIGHT) == tile_colours("album", LIGHT))
    other = next(f"album {n}" for n in range(99) if tile_colours(f"album {n}", LIGHT) != tile_colours("album", LIGHT))
    canvas = QImage(100, 100, QImage.Format.Format_ARGB32)
    painter = QPainter(canvas)
    for whose, words in (("album", "Quiet Zoo"), (key, "The Quiet Zebra"), (other, "Quiet Zoo"), (key, "Quiet Quay")):
        paint_cover(painter, QRectF(0, 0, 97, 97), None, whose, words, LIGHT)
    painter.end()
    assert painted == ["Quiet Zoo", "Quiet Zoo", "Quiet Quay"]


def test_a_wide_picture_fills_the_square_from_its_middle(qapp: object) -> None:
    picture = QPixmap(300, 100)
    picture.fill(QColor("red"))
    painter = QPainter(picture)
    painter.fillRect(100, 0, 100, 100, QColor("blue"))
    painter.end()
    canvas = QImage(100, 100, QImage.Format.Format_ARGB32)
    canvas.fill(QColor("white"))
    painter = QPainter(canvas)
    paint_cover(painter, QRectF(0, 0, 100, 100), picture, "key", "words", LIGHT)
    painter.end()
    assert canvas.pixelColor(50, 50) == QColor("blue")
    assert canvas.pixelColor(4, 50) == QColor("blue")
    assert canvas.pixelColor(0, 0) == QColor("white")  # the corner is round


def test_an_empty_picture_becomes_the_tile(qapp: object) -> None:
    canvas = QImage(50, 50, QImage.Format.Format_ARGB32)
    painter = QPainter(canvas)
    paint_cover(painter, QRectF(0, 0, 50, 50), QPixmap(), "key", "Ida Ravn", LIGHT)
    painter.end()
    assert canvas.pixelColor(6, 25) == QColor(tile_colours("key", LIGHT)[0])
