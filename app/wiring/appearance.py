"""How the window looks, as the listener left it, and kept whenever it is changed."""

from typing import TYPE_CHECKING

from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.wiring import Wiring


def make_theme(wiring: "Wiring") -> Theme:
    """The theme of the settings; what is changed in the window itself goes back to them."""
    settings = wiring.settings
    theme = Theme(settings.theme, wiring)
    theme.choose_density(settings.density)
    theme.group(settings.track_groups)
    theme.density_changed.connect(lambda density: wiring.change_settings({"density": density}))
    theme.grouped_changed.connect(lambda grouped: wiring.change_settings({"track_groups": grouped}))
    return theme
