"""What the tests ask about processes."""

from pathlib import Path


def runs(pid: int) -> bool:
    """True until a process has ended, whether or not somebody has asked how."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
