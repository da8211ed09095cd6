import pytest

from recommender.remote.address import Address, address, is_local, redirected
from recommender.remote.errors import Refused


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://models.example.org", Address("https", "models.example.org", 443, "/")),
        ("https://Models.Example.org:8443/a/b?c=d", Address("https", "models.example.org", 8443, "/a/b?c=d")),
        ("http://127.0.0.1:8000/x", Address("http", "127.0.0.1", 8000, "/x")),
        ("http://[::1]:8000/", Address("http", "::1", 8000, "/")),
        ("http://nas", Address("http", "nas", 80, "/")),
        ("http://192.168.1.7", Address("http", "192.168.1.7", 80, "/")),
        ("https://例え.jp/", Address("https", "xn--r8jz45g.jp", 443, "/")),
    ],
)
def test_an_address_is_taken_apart(typed: str, meant: Address) -> None:
    assert address(typed) == meant
    assert address(meant.url) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "", "models.example.org", "file:///etc/passwd", "ftp://example.org/", "//example.org/x", "https://", "https:///x",
        "https://user:secret@example.org/", "https://user@example.org/", "javascript:alert(1)", "data:text/plain,x",
        "https://example.org:0/", "https://example.org:99999/", "https://exa mple.org/", "https://example.org/a b",
        "https://example.org/\r\nHost: x", "https://example.org/\x00", "https://[::1", "https://" + "a" * 3000,
        "https://-a.org/", "https://a\u202eb.org/", "http://8.8.8.8/", "http://[2001:4860:4860::8888]/",
        "http://[::ffff:8.8.8.8]/",
    ],
)  # fmt: skip
def test_what_is_no_address_or_goes_outside_in_the_clear_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        address(typed)


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.1.2.3",
        "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::",
        "64:ff9b::7f00:1", "224.0.0.1", "255.255.255.255", "not an address",
    ],
)  # fmt: skip
def test_what_is_not_the_open_internet_counts_as_local(ip: str) -> None:
    assert is_local(ip)
    assert not Address("https", "x", 443, "/", may_be_local=False).allows(ip)
    assert Address("https", "x", 443, "/").allows(ip)


@pytest.mark.parametrize("ip", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "2002:808:808::"])
def test_the_open_internet_is_asked_encrypted_only(ip: str) -> None:
    assert not is_local(ip)
    assert Address("https", "x", 443, "/", may_be_local=False).allows(ip)
    assert not Address("http", "x", 80, "/").allows(ip)


PUBLIC = address("https://models.example.org/repo/model.json")
AT_HOME = address("http://192.168.1.7:8000/repo/model.json")


@pytest.mark.parametrize(
    ("old", "location", "new"),
    [
        (PUBLIC, "other.json", "https://models.example.org/repo/other.json"),
        (PUBLIC, "https://cdn.example.net/x", "https://cdn.example.net/x"),
        (PUBLIC, "//cdn.example.net/x", "https://cdn.example.net/x"),
        (AT_HOME, "/x", "http://192.168.1.7:8000/x"),
        (AT_HOME, "https://192.168.1.7/x", "https://192.168.1.7/x"),
        (AT_HOME, "https://cdn.example.net/x", "https://cdn.example.net/x"),
    ],
)
def test_redirects_that_are_followed(old: Address, location: str, new: str) -> None:
    assert redirected(old, location).url == new


@pytest.mark.parametrize(
    ("old", "location"),
    [
        (PUBLIC, "http://models.example.org/x"),
        (PUBLIC, "http://cdn.example.net/x"),
        (PUBLIC, "https://127.0.0.1/x"),
        (PUBLIC, "https://[::1]/x"),
        (PUBLIC, "https://[::ffff:10.0.0.1]/x"),
        (PUBLIC, "https://169.254.169.254/latest/meta-data"),
        (PUBLIC, "file:///etc/passwd"),
        (PUBLIC, "ftp://models.example.org/x"),
        (PUBLIC, "https://a:b@cdn.example.net/x"),
        (AT_HOME, "http://192.168.1.8/x"),
        (AT_HOME, "https://192.168.1.8/x"),
        (AT_HOME, "http://nas/x"),
        (AT_HOME, ""),
    ],
)
def test_redirects_that_are_not(old: Address, location: str) -> None:
    if location:
        with pytest.raises(Refused):
            redirected(old, location)
    else:
        assert redirected(old, location) == old  # to itself: ends after a few rounds


def test_a_name_that_was_led_to_may_not_turn_out_to_be_local() -> None:
    led = redirected(PUBLIC, "https://cdn.example.net/x")
    assert not led.may_be_local
    back = redirected(led, "https://models.example.org/y")
    assert not back.may_be_local
