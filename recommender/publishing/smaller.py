"""Smaller ways to the newest model: what changed since the two before, and a large one in pieces."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tuf.api.metadata import TargetFile, Targets

from recommender.files import shards
from recommender.files.community_manifest import FILE, ModelManifest, read_model_manifest
from recommender.files.delta import make_delta
from recommender.files.errors import ModelFileError
from recommender.publishing.signed_folder import SignedFolder
from recommender.remote.protocol import delta_name, target_file

MOST_DELTAS = 2


def deltas(signed: SignedFolder, model: Path, manifest: ModelManifest) -> dict[str, TargetFile]:
    """The way from each of the last two models, where it is shorter. One that cannot be read any more has none."""
    found: dict[str, TargetFile] = {}
    new = manifest.parts["core"].sha256
    for targets in signed.earlier_targets():
        try:
            with _laid_out(signed, targets) as old:
                before = read_model_manifest(old).parts["core"].sha256
                name = delta_name(before, new)
                if before == new or name in found or len(found) == MOST_DELTAS:
                    continue
                raw = make_delta(old, model)
        except ModelFileError:
            continue
        if raw is not None:
            found[name] = signed.kept_bytes(name, raw)
    return found


def pieces(signed: SignedFolder, model: Path, manifest: ModelManifest) -> dict[str, TargetFile]:
    """The list of a large model's pieces. The pieces are named by it, with their digests, and not by the metadata."""
    if manifest.parts["core"].size_bytes <= shards.LARGEST_WHOLE_BYTES:
        return {}
    with tempfile.TemporaryDirectory(prefix="segue-pieces-") as name:
        folder = Path(name)
        index = shards.write_shards(model, folder)
        for part in (index.common, *index.shards):
            signed.kept_file(folder / part.file, part.sha256, part.size_bytes)
        return {shards.INDEX: signed.kept_bytes(shards.INDEX, (folder / shards.INDEX).read_bytes())}


def names_of_pieces(signed: SignedFolder) -> set[str]:
    """The files of the pieces of all models that are kept."""
    found: set[str] = set()
    for targets in signed.earlier_targets():
        path = signed.path_of(shards.INDEX, targets)
        if path is not None:
            index = shards.read_index(path)
            found |= {target_file(part.file, part.sha256) for part in (index.common, *index.shards)}
    return found


@contextmanager
def _laid_out(signed: SignedFolder, targets: Targets) -> Iterator[Path]:
    """A published model under its plain names, while inside."""
    with tempfile.TemporaryDirectory(prefix="segue-earlier-") as name:
        folder = Path(name)
        for target in targets.targets:
            path = signed.path_of(target, targets)
            if path is not None and (target == FILE or target.endswith(".safetensors")):
                (folder / target).symlink_to(path.absolute())
        yield folder
