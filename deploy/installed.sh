#!/bin/bash
# The targets of a build folder that are installed, for ninja: the programs, and no test.
set -eu
meson introspect --installed "$1" |
	python3 -c 'import json, os, sys
for path in json.load(sys.stdin):
    # What is installed as it is in the source is no target.
    if path.startswith(sys.argv[1] + "/"):
        print(os.path.relpath(path, sys.argv[1]))' "$(cd "$1" && pwd)"
