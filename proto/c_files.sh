#!/bin/sh
# Make the C of one .proto: c_files.sh PROTO_DIR FILE OUT_DIR
#
# FILE is relative to PROTO_DIR ("shegong/engine/v1/journal.proto"); the C goes to OUT_DIR under the
# same path.  The file and what it imports are copied with their C names first (c_names.sh).
set -eu

here=$(cd "$(dirname "$0")" && pwd)
protos=${1:?PROTO_DIR} file=${2:?FILE} out=${3:?OUT_DIR}
copies=$(mktemp -d)
trap 'rm -rf "$copies"' EXIT

sh "$here/c_names.sh" "$protos/$file" "$copies/$file"
for import in $(sed -n 's/^import "\(shegong\/.*\)";$/\1/p' "$protos/$file"); do
	sh "$here/c_names.sh" "$protos/$import" "$copies/$import"
done
# protoc warns that the options' file is imported for its options only.
protoc-c -I "$copies" -I /usr/include --c_out="$out" "$copies/$file" 2>&1 |
	grep -v 'protobuf-c/protobuf-c.proto is unused' >&2 || true
