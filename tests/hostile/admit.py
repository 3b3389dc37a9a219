"""Opens every picture of a folder as a panel does, in a process of its own, and says what came of it.

Run as ``python admit.py FOLDER``. Each file gives one line of JSON: its name, what happened
(`shown`, `refused`, or the name of an exception that should not have come), seconds of
the processor, and a sentence. Display copies are left in the folder `shown` inside it.
The last line tells the peak of memory in bytes.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from evalwidgets.errors import ImageError
from evalwidgets.store.images import read_picture


def tried(path: Path, kept: Path) -> dict[str, Any]:
    """Return what came of one file."""
    start = time.process_time()
    try:
        picture = read_picture(path)
        (kept / path.name).write_bytes(picture.data)
        outcome, said = "shown", picture.facts.remark
    except ImageError as error:
        outcome, said = "refused", str(error)
    except BaseException as error:  # all that must not happen
        outcome, said = type(error).__name__, str(error)
    return {"name": path.name, "outcome": outcome, "seconds": time.process_time() - start, "said": said}


def peak() -> int:
    """Return the most memory that this process has held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # `ru_maxrss` would count what the process that started this one held
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(folder: Path) -> None:
    """Try every entry of the folder."""
    kept = folder / "shown"
    kept.mkdir()
    for path in sorted(folder.iterdir()):
        if path != kept:
            print(json.dumps(tried(path, kept)), flush=True)
    print(json.dumps({"peak": peak()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
