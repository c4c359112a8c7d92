# show_figures FOLDER: a programme's figures as a table; sourced by those who define
# "ask METHOD REQUEST", which prints the answer.
#
# The programme's figures.txt says what is asked, a line each: a name, a method, its request without
# the year.  Its figures.jq shows the answers by these names; $file[0] is the programme year.
show_figures() {
	local folder=$1
	local year name method request answers=(--slurpfile file "$folder/programme-year.json")
	year=$(jq -c '{programmeYearId: .programme_year_id}' "$folder/programme-year.json")
	while read -r name method request; do
		request=$(jq -cn --argjson year "$year" "\$year + $request")
		answers+=(--argjson "$name" "$(ask "$method" "$request")")
	done <"$folder/figures.txt"
	jq -rn -L "$(dirname "${BASH_SOURCE[0]}")" "${answers[@]}" -f "$folder/figures.jq"
}
