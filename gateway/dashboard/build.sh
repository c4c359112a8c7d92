#!/bin/bash
# Builds the dashboard into a folder: build.sh OUTPUT_FOLDER STAMP
#
# What it needs of npm is installed first, where it is missing; the registry is the one npm knows.
# generated.tmp/ holds what is made of the contract and of the catalogue of words.
set -eu
out=$(realpath -m "$1") stamp=$(realpath -m "$2")
cd "$(dirname "$0")"
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
	npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error
	touch node_modules/.package-lock.json
fi
mkdir -p generated.tmp
(cd ../../proto && find shegong -name '*.proto' | sort) | xargs protoc -I ../../proto \
	--plugin=node_modules/.bin/protoc-gen-es --es_out=generated.tmp \
	--es_opt=target=ts,import_extension=none
python3 words.py ../words.csv generated.tmp
python3 offers.py ../../tests/access/matrix.csv generated.tmp/offers.json
node_modules/.bin/tsc
node_modules/.bin/vite build --logLevel warn --outDir "$out"
touch "$stamp"
