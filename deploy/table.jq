# A figure a line, Chinese and English beside each other: for the figures.jq of each programme.

# How wide a text is shown: Chinese characters take two places.
def width: explode | map(if . > 11903 then 2 else 1 end) | add // 0;
def left($n): . + (" " * ([$n - width, 0] | max));
def right($n): (" " * ([$n - width, 0] | max)) + .;

def grouped: tostring | [while(length > 0; .[:-3]) | .[-3:]] | reverse | join(",");
# "360000000" fen is 3,600,000.00 yuan.  Numbers of 64 bits come as strings.
def yuan: tostring | ltrimstr("-") as $digits | (if startswith("-") then "-" else "" end) +
	($digits | ("00" + .)[-2:]) as $part | ($digits[:-2] | if . == "" then "0" else grouped end) +
	"." + $part;
def sum(f): map(f | tonumber) | add // 0;
def count($key): map(select(.key == $key) | .count) | add // 0;

def line($figure; $zh; $en; $note):
	($figure | tostring | right(16)) + "  " + ($zh | left(30)) + ($en | left(42)) + $note | sub(" +$"; "");
def line($figure; $zh; $en): line($figure; $zh; $en; "");
