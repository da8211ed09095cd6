"""The repository's files over HTTP: ETag, Range, and how long each may be kept."""

import os
from collections.abc import MutableMapping
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles

FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


class RepositoryFiles(StaticFiles):
    """Files whose names say what is in them may be kept for ever; ``timestamp.json`` is asked for each time."""

    def file_response(
        self,
        full_path: "str | os.PathLike[str]",
        stat_result: os.stat_result,
        scope: MutableMapping[str, Any],
        status_code: int = 200,
    ) -> Response:
        """As Starlette's, with ``Cache-Control``."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        newest = os.path.basename(full_path) == "timestamp.json"
        response.headers["cache-control"] = ASK_AGAIN if newest else FOR_EVER
        return response
