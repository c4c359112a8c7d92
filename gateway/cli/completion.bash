# Completion of shegong in bash: subcommands, their actions, methods, files.
_shegong()
{
	local word=${COMP_WORDS[COMP_CWORD]}
	local program=${COMP_WORDS[0]}

	COMPREPLY=()
	if [ "$COMP_CWORD" -eq 1 ]; then
		mapfile -t COMPREPLY < <(compgen -W "$("$program" --help 2>/dev/null |
			sed -n 's/^  shegong \([a-z]*\).*/\1/p')" -- "$word")
		return
	fi
	case ${COMP_WORDS[1]}:$COMP_CWORD in
	call:2 | export:2)
		mapfile -t COMPREPLY < <("$program" call --list "$word" 2>/dev/null)
		;;
	account:2 | token:2 | keys:2)
		# "shegong keys make [DIR] | show [DIR]": what is in small letters.
		mapfile -t COMPREPLY < <(compgen -W "$("$program" --help 2>/dev/null |
			sed -n "s/^  shegong ${COMP_WORDS[1]} //p" | tr ' |' '\n\n' |
			grep -x '[a-z]*')" -- "$word")
		;;
	call:*)
		# @FILE
		[ "${word:0:1}" = @ ] && mapfile -t COMPREPLY < <(compgen -P @ -f -- "${word:1}")
		;;
	*)
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
		;;
	esac
}
complete -F _shegong shegong
