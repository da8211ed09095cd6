"""What macOS and Windows are told: all that can be known of it on Linux. Nobody has tried it there."""

import plistlib
import re
from pathlib import Path

from PySide6.QtGui import QImage, QImageReader

from app.library.formats import EXTENSIONS
from app.library.playlist_files import FORMATS
from resources.package import icons
from resources.package.associations import ENDINGS, PROGRAM_ID, endings, info_plist, inno_script, mime_types


def test_every_kind_of_the_menu_entry_has_its_endings() -> None:
    assert set(mime_types()) == set(ENDINGS)
    assert len(endings()) == len(set(endings())) > 15


def test_every_ending_is_one_that_segue_reads_and_the_other_way_round() -> None:
    read = {ending.decode().removeprefix(".") for ending in (*EXTENSIONS, *FORMATS)}
    assert set(endings()) <= read
    assert read - set(endings()) == {"mp4", "mp+", "jspf"}, (
        "films open elsewhere, Windows knows no such letter, no desktop the last"
    )


def test_macos_opens_music_with_segue_but_not_by_default() -> None:
    read = plistlib.loads(plistlib.dumps(info_plist("1.2.3")))
    by_kind, by_ending, folder = read["CFBundleDocumentTypes"]
    assert by_kind["LSItemContentTypes"] == ["public.audio"]
    assert by_ending["CFBundleTypeExtensions"] == endings()
    assert "LSItemContentTypes" not in by_ending, "beside a kind no ending counts"
    assert [each["LSHandlerRank"] for each in (by_kind, by_ending, folder)] == ["Alternate", "Alternate", "None"]
    assert read["LSBackgroundOnly"] is False
    assert read["CFBundleShortVersionString"] == read["CFBundleVersion"] == "1.2.3"


def test_windows_offers_segue_for_every_ending_and_takes_none_over() -> None:
    script = inno_script("1.2.3", Path("C:/p/segue"), Path("C:/p/segue.ico"))
    assert not re.search(r"@[A-Z]+@", script)
    assert "AppVersion=1.2.3" in script
    registry = script.partition("[Registry]\n")[2].strip().splitlines()
    offered = [re.search(r"Classes\\\.(\w+)\\OpenWithProgids", line) for line in registry]
    assert [found[1] for found in offered if found] == endings()
    assert '"""{app}\\segue-window.exe"" ""%1"""' in script
    assert all(re.fullmatch(r'Root: HKA; Subkey: "[^"]+"; .+', line) for line in registry)
    assert not [line for line in registry if re.search(r'Classes\\\.\w+"', line)], "an ending's own program stays"
    assert f"Classes\\{PROGRAM_ID}\\shell\\open\\command" in script


def test_the_icons_of_the_others_can_be_read(tmp_path: Path) -> None:
    icons.pack_for_others(tmp_path)
    for name, most in (("segue.icns", 512), ("segue.ico", 256)):
        reader = QImageReader(str(tmp_path / name))
        sizes = set()
        for number in range(reader.imageCount()):
            assert reader.jumpToImage(number)
            image = reader.read()
            assert image.size() == QImage(str(icons.ICONS / icons.place(image.width()))).size()
            sizes.add(image.width())
        assert {most, 128} <= sizes
