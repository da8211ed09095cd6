"""The service against everything its own description allows, and a good deal that it does not (Schemathesis)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from recommender.remote import protocol
from recommender.service.app import Settings
from recommender.service.guard import Limits
from recommender.service.tokens import Tokens
from tests.helpers.community import a_model_folder
from tests.helpers.service import Service, a_service


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    folder = a_model_folder(tmp_path / "model", 60)
    with a_service(Settings(folder, tmp_path / "listens", Limits(rate_s=100_000))) as found:
        yield found


RIGHT, WRONG = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
OPERATIONS = [
    ("POST", protocol.RECOMMEND, RIGHT), ("POST", protocol.RECOMMEND, WRONG),
    ("GET", protocol.SIMILAR + "/{key}", RIGHT), ("GET", protocol.SIMILAR + "/{key}", WRONG),
    ("POST", protocol.LISTENS, RIGHT), ("POST", protocol.LISTENS, WRONG),
    ("DELETE", protocol.LISTENS, RIGHT), ("GET", protocol.HEALTH, RIGHT), ("GET", protocol.MODELS, RIGHT),
]  # fmt: skip
"""What takes nothing cannot be asked wrongly."""


@pytest.mark.parametrize(("method", "path", "mode"), OPERATIONS)
def test_no_request_is_a_bug_and_every_answer_is_as_described(
    service: Service, tmp_path: Path, method: str, path: str, mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_url(service.base + protocol.OPENAPI)
    operation = schema[path][method]
    token = Tokens(tmp_path / "listens").made("fuzz")
    headers = {"Authorization": f"Bearer {token}"} if path == protocol.LISTENS else {}

    @settings(max_examples=40, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
    @given(case=operation.as_strategy(mode))
    def asked(case: Any) -> None:
        case.call_and_validate(base_url=service.base, headers=headers)

    asked()
    assert service.ask("GET", protocol.HEALTH).status == 200


@settings(max_examples=150, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
@given(
    body=st.binary(max_size=300)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["seeds", "n", "key", "artist", "title"]), inner)
        ),
    )
)
def test_any_bytes_and_any_json_get_an_answer(service: Service, body: Any) -> None:
    assert service.ask("POST", protocol.RECOMMEND, body).status in (200, 400, 422)
