"""Runs the harness in a folder of one's own with Gatherbot among its bots.

    python tests/bench/run.py HARNESS --bots gatherbot,limnoria_meetbot,floor:FULL --runs 3 --out figures.json
"""

import runpy
import sys
from pathlib import Path

harness = Path(sys.argv.pop(1)).resolve()
sys.path.insert(0, str(harness))
import adapters  # noqa: E402 - the harness's own package, found just now

adapters.__path__.append(str(Path(__file__).resolve().parent))
runpy.run_path(str(harness / "run.py"), run_name="__main__")
