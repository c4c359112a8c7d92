#!/bin/bash
# Plays a programme on the services' virtual clock and shows its figures.  Runs in the image.
set -eu
. /usr/lib/shegong/figures.sh
folder=/usr/share/shegong/programmes/${SHEGONG_PROGRAMME:-three-areas-2022}
tokens=/etc/shegong/tokens
region=$(jq -r .region_code "$folder/programme-year.json")

ask() {
	shegong call "${1%%.*}.${1##*/}" "$2" --defaults \
		--as "account=demo;person=p-demo;role=PROVINCE;region=$region"
}

shegong play "$folder" --refused /tmp
# On the last day of the play, because a token is good for a year.
bash /usr/lib/shegong/first-token.sh "$region" "$tokens" >/dev/null
show_figures "$folder"
shegong verify
echo "令牌 the province's token: $tokens/zhang.token"
