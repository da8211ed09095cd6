"""Segue's suggestions inside another player (GTK 3): asked over the session bus, and never waited for.

Nothing of Segue is imported: whoever answers to ``org.segue.Recommender1`` is asked. ``README.md`` beside this file in
Segue's sources tells what can be asked.
"""

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import Gio, GLib, Gtk, Pango  # noqa: E402

NAME = "org.segue.Recommender1"
COMPANION = "org.segue.Companion1"
PATH = "/org/segue/Recommender1"
_COUNT = 20
_PATIENCE_MS = 25_000
_SOON_MS = 400
_CHINESE = {
    "You may like": "你可能喜欢",
    "You may like (Segue)": "你可能喜欢 (Segue)",
    "Shows what Segue suggests for what plays, with reasons, and lets Segue remember what you play here.": (
        "显示 Segue 针对正在播放的曲目给出的推荐和理由，并让 Segue 记住你在这里听过的音乐。"
    ),
    "Segue does not answer. Suggestions come once it is there.": "Segue 没有响应。它运行起来之后，推荐就会出现。",
    "Familiar": "熟悉",
    "Forgotten": "久违",
    "Never heard": "从未听过",
    "Play": "播放",
    "Why?": "为什么？",
    "Love": "喜欢",
    "Not now": "暂不",
    "Less like this": "少推荐这类",
    "Never this track": "不再推荐这首",
    "Never this artist": "不再推荐这位艺人",
    "Undo": "撤销",
}
"""As Segue itself says it; a test holds the two together."""
_NOBODY = "Segue does not answer. Suggestions come once it is there."
_DIALS = (("familiar", "Familiar"), ("forgotten", "Forgotten"), ("never", "Never heard"))
_VERDICTS = (
    ("love", "Love"),
    ("not-now", "Not now"),
    ("less", "Less like this"),
    ("never-track", "Never this track"),
    ("never-artist", "Never this artist"),
)


def say(text):
    """A text in the language that the desktop asks for, by Segue's own rule."""
    for wanted in GLib.get_language_names():
        if wanted.partition(".")[0] in ("zh", "zh_CN", "zh_SG"):
            return _CHINESE.get(text, text)
        if wanted[:2] in ("en", "zh"):
            break
    return text


class Segue:
    """Segue as a player sees it. Each question is answered by a call, or by nothing."""

    def __init__(self, player, name):
        """``player``: what names it for good, also on the bus of players; ``name``: what it calls itself."""
        self._player, self._name = player, name
        self._bus = None
        self._stop = Gio.Cancellable()
        self._watches, self._heard = [], 0
        self._has_mpris, self._is_followed = None, False
        self._state = {}
        self.appeared = self.changed = lambda: None
        """Called when somebody begins to answer, and when the list is another."""

    def start(self):
        """Goes on the bus, and has the companion started where there is one to start."""
        Gio.bus_get(Gio.BusType.SESSION, self._stop, self._joined)

    def stop(self):
        """The player is no longer told of, and nothing that is on its way is called any more."""
        self._stop.cancel()
        for watch in self._watches:
            Gio.bus_unwatch_name(watch)
        if self._bus is not None:
            self._bus.signal_unsubscribe(self._heard)
            self._send("Untell", GLib.Variant("(s)", (self._player,)))
        self._bus = None

    def recommend(self, seeds, dial, done, failed):
        """Suggestions and what there is to say about them, for these tracks or for the moment."""
        options = {"dial": GLib.Variant("s", dial)}
        self._ask("Recommend", GLib.Variant("(asua{sv})", (seeds, _COUNT, options)), "(aa{sv}a{sv})", done, failed)

    def why(self, track, done, failed):
        """What speaks for a track."""
        self._ask("Why", GLib.Variant("(s)", (track,)), "(a{sv}a(sds))", done, failed)

    def feedback(self, track, verdict, done, failed):
        """Says something of a track: its number, and what changed in words."""
        self._ask("Feedback", GLib.Variant("(ss)", (track, verdict)), "(xs)", done, failed)

    def take_back(self, number, done, failed):
        """Takes it back."""
        self._ask("TakeBack", GLib.Variant("(x)", (number,)), "(s)", done, failed)

    def tell(self, **state):
        """What the player does, in the words of MPRIS; nothing where it says so over MPRIS itself."""
        values = {name: value for name, value in state.items() if value is not None}
        self._state.update({name: value for name, value in values.items() if name != "ended"})
        if not self._is_followed:
            values.pop("ended", None)  # who comes now knows nothing of the track before
        if self._has_mpris is False:
            self._send("Tell", GLib.Variant("(ssa{sv})", (self._player, self._name, values)))

    def chosen(self, track):
        """A suggestion was chosen here and begins soon."""
        if self._bus is not None:
            self._send("Chosen", GLib.Variant("(ss)", (self._player, track)))

    def _joined(self, _source, result):
        try:
            bus = self._bus = Gio.bus_get_finish(result)
        except GLib.Error:
            return  # no bus in this session, or stopped meanwhile
        flags = Gio.BusNameWatcherFlags.NONE
        mpris = f"org.mpris.MediaPlayer2.{self._player}"
        watched = (
            (NAME, lambda *_: self.appeared(), None),
            (COMPANION, lambda *_: self._followed(True), lambda *_: self._followed(False)),
            (mpris, lambda *_: self._mpris(True), lambda *_: self._mpris(False)),
        )
        self._watches = [
            Gio.bus_watch_name_on_connection(bus, name, flags, there, gone) for name, there, gone in watched
        ]
        self._heard = bus.signal_subscribe(
            NAME, NAME, "SuggestionsChanged", PATH, None, Gio.DBusSignalFlags.NONE, lambda *_: self.changed()
        )
        self._wake()

    def _wake(self):
        """Has the companion started; it is one process, by whichever of its names it is called."""
        daemon = "org.freedesktop.DBus"
        start = GLib.Variant("(su)", (COMPANION, 0))
        self._bus.call(daemon, "/", daemon, "StartServiceByName", start, None, 0, _PATIENCE_MS, self._stop, _over)

    def _followed(self, there):
        self._is_followed = there
        if there:
            self._tell_again()

    def _mpris(self, there):
        before, self._has_mpris = self._has_mpris, there
        if there and before is False:
            self._send("Untell", GLib.Variant("(s)", (self._player,)))
        elif not there:
            self._tell_again()

    def _tell_again(self):
        if self._state:
            self.tell(**self._state)

    def _ask(self, member, arguments, answer, done, failed):
        if self._bus is None:
            failed(say(_NOBODY))
            return

        def finished(bus, result):
            try:
                found = bus.call_finish(result)
            except GLib.Error as error:
                if not error.matches(Gio.io_error_quark(), Gio.IOErrorEnum.CANCELLED):
                    failed(_sentence(error))
                    if not _is_of_segue(error):
                        self._wake()
                return
            done(*found.unpack())

        kind, flags = GLib.VariantType(answer), Gio.DBusCallFlags.NO_AUTO_START
        self._bus.call(NAME, PATH, NAME, member, arguments, kind, flags, _PATIENCE_MS, self._stop, finished)

    def _send(self, member, arguments):
        self._bus.call(COMPANION, PATH, NAME, member, arguments, None, 0, _PATIENCE_MS, None, _over)


def metadata(number, uri, title, artist, album, length_ms):
    """What plays, as MPRIS says it."""
    return GLib.Variant(
        "a{sv}",
        {
            "mpris:trackid": GLib.Variant("o", f"/org/segue/told/{number}"),
            "mpris:length": GLib.Variant("x", length_ms * 1_000),
            "xesam:url": GLib.Variant("s", uri),
            "xesam:title": GLib.Variant("s", title),
            "xesam:artist": GLib.Variant("as", [artist] if artist else []),
            "xesam:album": GLib.Variant("s", album),
        },
    )


def _over(bus, result):
    """A call whose answer tells nothing: nobody need be there."""
    try:
        bus.call_finish(result)
    except GLib.Error:
        return


def _is_of_segue(error):
    return (Gio.DBusError.get_remote_error(error) or "").startswith("org.segue.Error.")


def _sentence(error):
    """Segue's own sentence; what the bus says of somebody who is not there is no news to a listener."""
    if not _is_of_segue(error):
        return say(_NOBODY)
    Gio.DBusError.strip_remote_error(error)
    return error.message


class Panel:
    """*You may like*: the list with its reasons. A double-click plays, the menu says what one thinks."""

    def __init__(self, segue, play):
        """``play`` is called with the URI of a file."""
        self._segue, self._play = segue, play
        self._playing, self._names = "", ""
        self._asked, self._soon = 0, 0
        self._build()
        segue.appeared = segue.changed = self.refresh_soon

    def follow(self, uri, artist="", title=""):
        """Another track plays, or none (an empty URI)."""
        self._playing, self._names = uri, f"{artist}\t{title}" if artist and title else ""
        self.refresh_soon()

    def refresh_soon(self):
        """Asks in a moment; several wishes are one."""
        if not self._soon:
            self._soon = GLib.timeout_add(_SOON_MS, self._refresh)

    def close(self):
        """The list is gone; what is still on its way is for nobody."""
        self._asked += 1
        if self._soon:
            GLib.source_remove(self._soon)
            self._soon = 0
        self.widget.destroy()

    def _refresh(self):
        self._soon = 0
        self._ask([self._playing] if self._playing else [], self._names)
        return GLib.SOURCE_REMOVE

    def _ask(self, seeds, names):
        self._asked += 1
        asked = self._asked

        def found(suggestions, about):
            if asked != self._asked:
                return
            if names and about["unknown"]:  # not by its file, but perhaps by its names
                self._ask([names], "")
            else:
                self._show(suggestions, about)

        def failed(sentence):
            if asked == self._asked:
                self._say(sentence)

        self._segue.recommend(seeds, self._dial.get_active_id(), found, failed)

    def _build(self):
        self.widget = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=6, margin=6)
        self._heading = _label("", scale=0.9, dim=True)
        self._dial = Gtk.ComboBoxText()
        for dial, shown in _DIALS:
            self._dial.append(dial, say(shown))
        self._dial.set_active(0)
        self._dial.connect("changed", lambda _: self.refresh_soon())
        titles = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
        titles.add(_label(say("You may like"), weight=Pango.Weight.BOLD))
        titles.add(self._heading)
        head = Gtk.Box(spacing=6)
        head.pack_start(titles, True, True, 0)
        self._dial.set_valign(Gtk.Align.CENTER)
        head.pack_end(self._dial, False, False, 0)
        self._list = Gtk.ListBox(activate_on_single_click=False)
        self._list.connect("row-activated", lambda _, row: self._choose(row.suggestion))
        self._list.connect("button-press-event", self._pressed)
        self._list.connect("popup-menu", lambda _: self._menu(self._list.get_selected_row(), None))
        window = Gtk.ScrolledWindow(hscrollbar_policy=Gtk.PolicyType.NEVER, min_content_width=220)
        window.add(self._list)
        self._words = _label("", scale=0.9, wrap=True)
        self._undo = Gtk.Button(label=say("Undo"), no_show_all=True, relief=Gtk.ReliefStyle.NONE)
        self._undo.connect("clicked", lambda _: self._take_back())
        self._said = 0
        foot = Gtk.Box(spacing=6)
        foot.pack_start(self._words, True, True, 0)
        foot.pack_end(self._undo, False, False, 0)
        for part, grows in ((head, False), (window, True), (foot, False)):
            self.widget.pack_start(part, grows, grows, 0)
        self.widget.show_all()

    def _show(self, suggestions, about):
        for row in self._list.get_children():
            row.destroy()
        whole = [each for each in suggestions if not each.get("start_ms") and "end_ms" not in each]
        for each in whole:  # a part of a file cannot be played by its name
            self._list.add(_row(each))
        self._list.show_all()
        self._heading.set_text(about["heading"])
        if not self._said:
            self._say(about["state"])

    def _say(self, words, said=0):
        self._said = said
        self._words.set_text(words)
        self._undo.set_visible(bool(said))

    def _pressed(self, _list, event):
        row = self._list.get_row_at_y(int(event.y))
        if event.button != 3 or row is None:
            return False
        self._list.select_row(row)
        return self._menu(row, event)

    def _menu(self, row, event):
        if row is None:
            return False
        menu = Gtk.Menu(attach_widget=self._list)
        suggestion, track = row.suggestion, row.suggestion["track"]
        entries = [(say("Play"), lambda: self._choose(suggestion)), (say("Why?"), lambda: self._explain(track)), None]
        entries += [(say(shown), lambda verdict=verdict: self._tell(track, verdict)) for verdict, shown in _VERDICTS]
        for entry in entries:
            item = Gtk.SeparatorMenuItem() if entry is None else Gtk.MenuItem(label=entry[0])
            if entry is not None:
                item.connect("activate", lambda _, act=entry[1]: act())
            menu.append(item)
        menu.show_all()
        menu.popup_at_pointer(event)
        return True

    def _choose(self, suggestion):
        self._segue.chosen(suggestion["track"])
        self._play(suggestion["uri"])

    def _explain(self, track):
        def explained(suggestion, shares):
            lines = [f"{amount:+.2f}  {words}" for _signal, amount, words in shares]
            self._say("\n".join([f"{suggestion['title']}: {suggestion['score']:.2f}", *lines]))

        self._segue.why(track, explained, self._say)

    def _tell(self, track, verdict):
        self._segue.feedback(track, verdict, lambda number, words: self._changed(words, number), self._say)

    def _take_back(self):
        self._segue.take_back(self._said, self._changed, self._say)

    def _changed(self, words, number=0):
        self._say(words, number)
        self.refresh_soon()


def _row(suggestion):
    row = Gtk.ListBoxRow()
    row.suggestion = suggestion
    box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, margin=4)
    lines = (
        _label(suggestion["title"], weight=Pango.Weight.MEDIUM),
        _label(suggestion["artist"]),
        _label(suggestion["reason"], scale=0.85, dim=True),
    )
    for line in lines:
        box.pack_start(line, False, False, 0)
    row.add(box)
    row.set_tooltip_text(suggestion["album"] or None)
    return row


def _label(text, *, weight=None, scale=None, dim=False, wrap=False):
    """Plain text: names are never taken for markup."""
    label = Gtk.Label(label=text, xalign=0, wrap=wrap, selectable=False)
    if not wrap:
        label.set_ellipsize(Pango.EllipsizeMode.END)
    attributes = Pango.AttrList()
    if weight is not None:
        attributes.insert(Pango.attr_weight_new(weight))
    if scale is not None:
        attributes.insert(Pango.attr_scale_new(scale))
    label.set_attributes(attributes)
    if dim:
        label.get_style_context().add_class("dim-label")
    return label
