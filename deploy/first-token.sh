#!/bin/bash
# The first accounts of an installation: first-token.sh REGION DIR
#
# Enters two administrators, Li and Wang, where nobody has an account yet, and opens an office of the
# province for Zhang, as the operator may who can reach the services' sockets.  DIR then holds a token
# for each: adm-li.token, adm-wang.token and zhang.token.  Where Zhang has one already nothing is done.
#
# 录入两名系统管理员并为省级人员开立一个账户；令牌写入DIR。
set -eu
region=$1 dir=$2
[ ! -e "$dir/zhang.token" ] || exit 0
li="account=adm-li;person=p-li;role=ADMINISTRATOR;region=$region"
wang="account=adm-wang;person=p-wang;role=ADMINISTRATOR;region=$region"

shegong init --once --region "$region" --out "$dir" \
	--administrator adm-li=p-li=李 --administrator adm-wang=p-wang=王

# What one of them proposes the other approves.
shegong account propose zhang --person p-zhang --name 张 --role PROVINCE --region "$region" --as "$li"
shegong account approve zhang --revision 1 --as "$wang"
shegong token new zhang-1 --account zhang --label first --out "$dir/zhang.token" --as "$li"
shegong token approve zhang-1 --revision 1 --as "$wang"
