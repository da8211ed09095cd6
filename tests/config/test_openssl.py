"""A program without a network reads no OpenSSL, and what hashes and waits does so all the same."""

import subprocess
import sys
from pathlib import Path

_CODE = """
import sys
from app.config.openssl import leave_out_openssl
leave_out_openssl()
import asyncio, hashlib
from app.domain.recording import recording_key
from app.domain.tags import Tags
import dbus_fast.aio
assert hashlib.sha256(b"a").hexdigest().startswith("ca978112")
assert hashlib.blake2b(b"a", digest_size=16).hexdigest() == "27c35e6e9373877f29e562464e46497e"
assert asyncio.run(asyncio.sleep(0, 7)) == 7
assert not {"ssl", "_ssl", "_hashlib"} & set(sys.modules), "none of it is read"
with open("/proc/self/maps") as maps:
    assert "libcrypto" not in maps.read()
import ssl
assert ssl.OPENSSL_VERSION, "who asks for it gets it"
"""


def test_openssl_is_left_out_until_somebody_asks_for_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CODE], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_what_is_there_already_stays() -> None:
    code = "import ssl, hashlib, asyncio; from app.config.openssl import leave_out_openssl as leave; leave(); leave()\n"
    code += "import asyncio.base_events as events; assert events.ssl is ssl and hashlib.md5"
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 0
