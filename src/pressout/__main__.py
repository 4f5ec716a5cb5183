"""The command by way of the interpreter: `python -m pressout`."""

from pressout.cli import main

main(prog_name="pressout")
