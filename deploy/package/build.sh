#!/bin/bash
# Makes shegong_VERSION_ARCHITECTURE.deb: deploy/package/build.sh [--build DIR] [FOLDER]
#
# The programs are built with Debian's flags in build-package, or taken as they are from a build folder.
# The package lies in FOLDER, which is build-package where nothing else is said.  Needs Debian 12; where
# npm is there, the dashboard is in it too.
#
# 生成Debian软件包；依赖Debian 12，有npm时包含看板。
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$root/build-package
if [ "${1:-}" = --build ]; then
	build=$(cd "$2" && pwd)
	shift 2
fi
out=$(realpath -m "${1:-$root/build-package}")
here=$root/deploy/package
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
tree=$stage/tree

bash "$root/deploy/install.sh" build package

configure() {
	export DEB_BUILD_MAINT_OPTIONS=hardening=+all
	eval "$(dpkg-buildflags --export=sh)"
	meson setup "$build" "$root" --buildtype=plain -Dwerror=false >/dev/null
}

# A fact of the build folder, as Python finds it in what Meson says.
introspect() {
	meson introspect "--$1" "$build" |
		python3 -c "import json, sys; it = json.load(sys.stdin); print($2)"
}

programs() {
	local targets prefix
	[ -f "$build/build.ninja" ] || configure
	mapfile -t targets < <(bash "$root/deploy/installed.sh" "$build")
	! command -v npm >/dev/null || targets+=(dashboard-files)
	ninja -C "$build" --quiet "${targets[@]}"
	meson install -C "$build" --no-rebuild --quiet --strip --destdir "$stage/install"
	prefix=$(introspect buildoptions 'next(o["value"] for o in it if o["name"] == "prefix")')
	mv "$stage/install$prefix" "$tree/usr"
	if [ -d "$build/dashboard" ]; then
		cp -r "$build/dashboard" "$tree/usr/share/shegong/"
	else
		echo "看板不在包内 without the dashboard: npm is not there"
	fi
}

# What --help says of each setting, commented out and with its default.
settings() {
	printf '# Take away the # before a setting to change it.\n# 删除设置前的#即可修改。\n'
	"$tree/usr/bin/$1" --help | awk '
		/^  SHEGONG_/ {
			tell()
			name = $1
			value = $2
			gsub(/[()]/, "", value)
			printf "\n"
			next
		}
		/^      / && name { print "# " substr($0, 7); next }
		{ tell() }
		END { tell() }
		function tell() { if (name) print "#" name "=" value; name = "" }'
}

others() {
	local doc=$tree/usr/share/doc/shegong
	install -d "$tree/usr/lib/shegong" "$tree/usr/lib/systemd/system" "$tree/etc/shegong" "$doc"
	install -m 0755 "$root/deploy/backup.sh" "$tree/usr/lib/shegong/"
	install -m 0644 "$here"/units/* "$tree/usr/lib/systemd/system/"
	install -m 0644 "$here"/*.env "$tree/etc/shegong/"
	settings shegong-personnel >"$tree/etc/shegong/services.env"
	settings shegong-gateway >"$tree/etc/shegong/gateway.env"
	install -m 0644 "$here/copyright" "$root/deploy/README.md" "$doc/"
	install -m 0644 "$root/CHANGELOG.md" "$doc/NEWS.md"
	gzip -9n "$doc/NEWS.md"
	gzip -9nc "$stage/debian/changelog" >"$doc/changelog.gz"
}

# The libraries and their versions, as the programs' symbols ask for them and deploy/minimum-versions.txt.
depends() {
	local package floor floors=
	(cd "$stage" && dpkg-shlibdeps -Tdebian/substvars -e tree/usr/bin/*)
	while read -r package floor; do
		floors+="$package (>= $floor), "
	done < <(sed 's/#.*//' "$root/deploy/minimum-versions.txt" | grep .)
	echo "floors:Depends=${floors%, }" >>"$stage/debian/substvars"
}

control() {
	(cd "$stage" && dpkg-gencontrol -pshegong -Ptree -fdebian/files)
	install -m 0755 "$here"/{postinst,prerm,postrm} "$tree/DEBIAN/"
	install -m 0644 "$here/templates" "$tree/DEBIAN/"
	(cd "$tree" && find etc -type f -printf '/%p\n' | sort >DEBIAN/conffiles)
	(cd "$tree" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
}

# All files are of the last change's time, so that the same programs make the same package.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH
install -d "$tree/DEBIAN" "$stage/debian" "$out"
programs
version=$(introspect projectinfo 'it["version"]')
cp "$here/control" "$stage/debian/"
cat >"$stage/debian/changelog" <<TEXT
shegong ($version) unstable; urgency=medium

  * What has changed: /usr/share/doc/shegong/NEWS.md.gz.

 -- $(sed -n 's/^Maintainer: //p' "$here/control")  $(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")
TEXT
others
depends
control
chmod -R u=rwX,go=rX "$tree"
find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group --build "$tree" "$out" >/dev/null
ls "$out"/shegong_"$version"_*.deb
