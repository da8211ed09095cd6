"""What this is and under which terms."""

from PySide6.QtWidgets import QWidget

from app.domain.words import say
from app.ui.controls import words_label
from app.ui.dialogs.base import Dialog
from app.ui.theme import BODY, CAPTION


class AboutDialog(Dialog):
    """Name, version, licence."""

    def __init__(self, version: str, parent: QWidget | None = None) -> None:
        super().__init__(say("About Segue"), parent)
        self.body.addWidget(
            words_label(
                say(
                    "Segue {}. A music player that remembers every play and answers “what now?” on your own machine.",
                    version,
                )
            )
        )
        self.body.addWidget(
            words_label(
                say(
                    "Free software under the GNU General Public License, version 3 or later. You may use, "
                    "study, share and change it. It comes without any warranty."
                ),
                BODY,
                "text2",
            )
        )
        self.body.addWidget(
            words_label(
                say(
                    "Built on Qt, FFmpeg, NumPy, SciPy, mutagen and SQLite. Icons: Remix Icon; Chinese "
                    "character forms: OpenCC (both Apache License 2.0)."
                ),
                CAPTION,
                "text2",
            )
        )
        self.add_button(say("Done"), primary=True).clicked.connect(self.accept)
