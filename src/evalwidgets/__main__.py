"""The command line: ``evalwidgets agreement``, ``accuracy``, ``report``, ``backup`` and more."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Sequence
from importlib import import_module

from evalwidgets.command.arguments import parser
from evalwidgets.command.output import say
from evalwidgets.errors import EvalWidgetsError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0: done; 1: it could not be done, and one sentence on standard error says why;
    2 (raised by argparse): the command itself was not understood.
    """
    options = parser().parse_args(arguments)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        try:
            return int(import_module(f"evalwidgets.command.{options.command}").run(options))
        except EvalWidgetsError as error:
            say([error])
            return 1
        except BrokenPipeError:
            # The reader (such as `head`) has left; nothing more may be written at exit either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
        finally:
            _tell({str(one.message) for one in caught if issubclass(one.category, UserWarning)})


def _tell(sentences: set[str]) -> None:
    """Write what should be read with care, each thing once and without a line of code."""
    say(f"Note: {sentence}" for sentence in sorted(sentences))


if __name__ == "__main__":
    sys.exit(main())
