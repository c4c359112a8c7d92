#!/bin/sh
# Copy a .proto with the options that shorten its C names: c_names.sh IN.proto OUT.proto
#
# package shegong.personnel.v1, message Person becomes Personnel__Person in C.  The published file
# stays free of C-only imports; only the copy given to protoc-c carries them.
set -eu

in=${1:?IN.proto}
out=${2:?OUT.proto}
package=$(sed -n 's/^package shegong\.\([a-z_]*\)\.v[0-9]*;.*$/\1/p' "$in")
[ -n "$package" ] || {
	echo "$in: no line 'package shegong.<service>.v<n>;'" >&2
	exit 65
}
mkdir -p "$(dirname "$out")"
sed "/^package shegong\./a\\
import \"protobuf-c/protobuf-c.proto\";\\
option (pb_c_file).c_package = \"$package\";\\
option (pb_c_file).const_strings = true;" "$in" >"$out"
