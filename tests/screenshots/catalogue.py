"""The records of the made-up library: nobody's music, but it could be somebody's."""

import random
from dataclasses import dataclass

_TITLES = """Letters from the Ferry|Hollow River|Signal Fires|Orchard at Two|Distance|Gold Teeth|The Long Way Down|
Paper Boats|Winter Coat|Kitchen Light|All the Small Hours|Undertow|Glass House|Northbound|A Room with Rain|Salt|
Half a Mile of Snow|Second Storey|Tender Machines|Copper Wire|What the Tide Left|Postcards|Streetlamp Hymn|Fold|
Every Window Open|Harbour Song|Slow Engines|Blue Ledger|Sleepwalk|Borrowed Car|Matches|Field Recording No. 4|
The Quiet Carriage|Marigold|Arrivals|Static, Smoke|Under the Viaduct|Ten Past Four|Gravel|Telephone Wires|
Lighthouse Keeper|Drift|Summer on Mute|Black Ice|Home by Six|Cinder Path|Little Republic|Echo Park Motel|Rust Belt|
Nightdriving|Carousel|Parallel Lines Meet|Cold Coffee|Amber|Last Bus|Fireflies at the Allotment|Low Sun|Mirrors|
A Map of Everything|Falling Upwards|Sunday Machine|Weathervane|Saffron|Hotel Stationery|Roof of the World|Embers|
Moth to a Screen|Before the Storm Had a Name|Silver Lining Blues|Tall Grass|Ghost of a Chance|Open Water|Nocturne|
Satellite Town|The Gardener|Velvet Rope|Overgrown|Bicycle Weather|Kind Strangers|Polaroid|Thaw|Leaving Song|
Between Stations|Clockwork Birds|Tin Roof|Ordinary Magic|Seven Bridges|Deep End|Porcelain|First Train|Magnetic North|
Red Kite|Smoke Signals|Wren|Vapour Trails|The Understudy|Tidal|Halogen|Crossing|Underpainting|Loose Change|
Evening Class|Heliograph|Foundling|Corner Shop Waltz|River Mouth|Afterimage|Cable Car|Violet Hour|Snowblind|
Spare Room|Wildflower Tax|Longshore|Rooftops|Concrete and Clover|The Weight of Feathers|Lantern|Driftwood|Nine Elms|
Almost Summer|Static Bloom|Gloaming|Swallows|Waiting Room|Two Stops Further|Ash Wednesday|Chalk|Moonlit Tram|
Inland Sea|Goodnight, Reykjavik|Slate|Tessellate|Uncollected Stamps|Heather|The Ballad of Nobody|Milk and Iron|
Pocket Radio|Bright Side Out|Skylark|Turnstile|Old Money, New Rain|Candlepower|Quarry|Apricot|Runway Lights|Ledge|
Sister Moon|Night Ferry|Aerial|Limestone|Dovetail|Unsent|High Street, Low Tide|Gentle Landing|Ivory|The Interval"""
_JAPANESE = ["朝の窓", "夜の桜", "海の手紙", "青い電車", "雨上がり", "星を数えて", "最後のバス", "夏の終わり"]
_FRENCH = [
    "Été sans fin",
    "La nuit d’avant",
    "Rue des Lilas",
    "Quai n° 5",
    "Demi-jour",
    "Le phare",
    "Neige",
    "Ailleurs",
]
_ARABIC = ["ليلة هادئة", "المدينة القديمة", "رسالة من البحر", "قطار الصباح", "أضواء الميناء", "الشارع الطويل", "وردة"]


@dataclass(frozen=True, slots=True)
class Record:
    """An album with its titles, and how its cover is drawn."""

    artist: str
    title: str
    year: int
    genre: str
    cover: str
    """A motif of :mod:`tests.screenshots.album_covers` and its colours; empty: no picture."""
    titles: tuple[str, ...]


_RECORDS = [
    ("Copper Wolves", "Nightdriving", 2016, "Indie Rock", "hills 1D0B3E FF6B0A C77DFF", 9),
    ("Copper Wolves", "Glass River", 2019, "Indie Rock", "rings 15543F F2C14E F5F1E6", 10),
    ("Oscar Thorne Quartet", "Blue Ledger", 1964, "Jazz", "hills 0B2E4A D62828 FCBF49", 7),
    ("Oscar Thorne Quartet", "After Hours at the Orchard", 1967, "Jazz", "rings 16213E F6A01A E8E6DF", 8),
    ("Paper Canyons", "Signals", 2021, "Electronic", "stripes 5F0F18 F9A826 2B0A10", 9),
    ("Marble Lanterns", "Tide", 2013, "Folk", "sun 1B4965 E85D2A F3C14B", 10),
    ("Nina Farrow", "Nocturnes", 2009, "Classical", "rings 0F0F12 BFC3C9 0F0F12", 8),
    ("夜の桜", "朝の窓", 2018, "City Pop", "stripes FFC8CF E4788F 7B5B66", 8),
    ("Ida Ravn", "Été sans fin", 2022, "Chanson", "dots FBECE8 E58F90 5C5B73", 8),
    ("Velvet Oracles", "Gold Teeth", 1978, "Soul", "blocks F72585 3A0CA3 4CC9F0", 9),
    ("Hana Lindqvist", "Small Weather", 2020, "Singer-Songwriter", "waves E9F1F4 5B8E9B 274754", 9),
    ("The Quiet Carriage", "Between Stations", 1997, "Post-Rock", "sun 2B2D42 EF233C EDF2F4", 6),
    ("Northern Machines", "Slow Engines", 2005, "Ambient", "waves 14213D FCA311 E5E5E5", 7),
    ("Clara Okafor", "Marigold", 2023, "R&B", "dots 3D2645 F0C808 F08A4B", 9),
    ("Static Gardens", "Overgrown", 2011, "Electronic", "blocks 132A13 90A955 ECF39E", 9),
    ("Emil & the Harbours", "Harbour Songs", 1972, "Folk", "waves 023047 8ECAE6 FFB703", 10),
    ("Tall Grass", "Bicycle Weather", 2015, "Indie Rock", "sun FFD166 06A77D 005377", 9),
    ("Louis Varga Trio", "Ten Past Four", 1961, "Jazz", "blocks 22223B C9ADA7 F2E9E4", 6),
    ("Halogen Choir", "Candlepower", 2024, "Choral", "", 6),
    ("صوت المدينة", "ليلة هادئة", 2014, "Arabic Pop", "waves 2A1A3A D9A441 7FB7BE", 7),
    ("Satellite Town", "First Train", 2008, "Synth-Pop", "stripes 10304F 5FC9C0 F25C78", 8),
]


def records(seed: int = 7) -> list[Record]:
    """Every record; the same seed gives the same titles."""
    rng = random.Random(seed)
    titles_known = _TITLES.replace("\n", "").split("|")
    left = rng.sample(titles_known, len(titles_known))
    made = []
    for artist, title, year, genre, cover, count in _RECORDS:
        own = {"City Pop": _JAPANESE, "Chanson": _FRENCH, "Arabic Pop": _ARABIC}.get(genre)
        titles = list(own) if own else [title, *[name for name in left if name != title][: count - 1]]
        left = [name for name in left if name not in titles]
        made.append(Record(artist, title, year, genre, cover, tuple(titles[:count])))
    return made
