"""Where the migrations, icons and translations are: beside the package in a checkout, inside it when installed.

Apart from the listener's folders, because every scan comes by here, and starts sooner without them.
"""

import os


def resource(name: str) -> str:
    """What has this name there."""
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    installed = os.path.join(package, "_resources")
    folder = installed if os.path.isdir(installed) else os.path.join(os.path.dirname(package), "resources")
    return os.path.join(folder, name)
