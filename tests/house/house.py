"""What the checks of the house share: finding files, reading C, .proto and stories, printing TAP."""

import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SERVICES = ("personnel", "stations", "funding", "supervision", "reporting")

# The folders of stories; those told across the services speak to stations unless they say otherwise.
STORY_FOLDERS = SERVICES + ("whole",)

_results = []


def check(title, offenders):
    """One TAP line: ok where the list of offenders is empty, else the list as diagnostics."""
    offenders = list(offenders)
    _results.append(not offenders)
    print("%s %d - %s" % ("not ok" if offenders else "ok", len(_results), title))
    for offender in offenders:
        print("#   %s" % offender)
    sys.stdout.flush()


def skip(title, why):
    _results.append(True)
    print("ok %d - %s # SKIP %s" % (len(_results), title, why))


def done():
    """Prints the plan; ends the program with 1 where a check failed."""
    print("1..%d" % len(_results))
    sys.exit(0 if all(_results) else 1)


def build_dir():
    if len(sys.argv) != 2 or not os.path.isdir(sys.argv[1]):
        sys.exit("usage: %s BUILD_DIR (there is no such folder)" % os.path.basename(sys.argv[0]))
    return sys.argv[1]


def tracked():
    """Every file of the tree as its path from the root: what git has or would add, sorted."""
    out = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True)
    if out.returncode == 0:
        names = set(out.stdout.decode().split("\0")) - {""}
    else:
        names = set()
        for folder, folders, files in os.walk(ROOT):
            folders[:] = [f for f in folders if f not in (".git", "node_modules")
                          and not f.startswith("build")]
            names.update(os.path.relpath(os.path.join(folder, f), ROOT) for f in files)
    return sorted(n for n in names if os.path.isfile(os.path.join(ROOT, n)))


def files(under, *endings):
    return [n for n in tracked() if n.startswith(under) and n.endswith(endings)]


def read(name):
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        return file.read()


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def fold(text):
    """White space, and the stars that begin the lines of a comment, as single blanks."""
    text = re.sub(r"\n[ \t]*\*(?!/)", "\n", text)
    return re.sub(r"\s+", " ", text).strip()


# --- C ------------------------------------------------------------------------------------------

_TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|.', re.S)


def comments(text):
    """(offset, text) of each comment."""
    return [(m.start(), m.group()) for m in _TOKEN.finditer(text)
            if m.group().startswith(("/*", "//"))]


def code_only(text, keep_strings=False):
    """The text with comments (and the insides of strings) blanked; offsets and lines stay."""
    def blank(m):
        token = m.group()
        if token.startswith(("/*", "//")):
            return re.sub(r"[^\n]", " ", token)
        if token[0] in "\"'" and len(token) > 1 and not keep_strings:
            return token[0] + " " * (len(token) - 2) + token[0]
        return token
    return _TOKEN.sub(blank, text)


def rows(text, struct):
    """The rows of each `const struct <struct> name[] = { {…}, … };`, a list of cells each.
    A cell is a str: the text of a string (adjacent strings joined), else the code as it stands."""
    text = code_only(text, keep_strings=True)
    found = []
    for start in re.finditer(r"struct\s+%s\s+\w+\s*\[\s*\]\s*=\s*\{" % struct, text):
        depth, cell, cells, strings = 1, "", [], None
        for m in _TOKEN.finditer(text, start.end()):
            token = m.group()
            if token == "{":
                depth += 1
                if depth == 2:
                    cell, cells, strings = "", [], None
                continue
            if token in "}," and depth == 2:
                cell = re.sub(r"^\.\w+\s*=\s*", "", cell.strip())
                if strings is not None or cell:
                    cells.append(strings if strings is not None else cell)
                cell, strings = "", None
            if token == "}":
                depth -= 1
                if depth == 1 and cells != ["0"]:
                    found.append(cells)
                if depth == 0:
                    break
            elif depth >= 2 and token.startswith('"'):
                strings = (strings or "") + token[1:-1].replace('\\"', '"')
            elif depth >= 2 and token != ",":
                cell += token
    return found


# --- .proto -------------------------------------------------------------------------------------

class Proto:
    """Of one service's .proto: its rpcs (name -> is it a query) and the values of enum Refusal."""

    def __init__(self, service):
        self.name = "proto/shegong/%s/v1/%s.proto" % (service, service)
        text = code_only(read(self.name))
        self.rpcs = {}
        for m in re.finditer(r"\brpc\s+(\w+)\s*\([^)]*\)\s*returns\s*\([^)]*\)\s*(;|\{[^}]*\})",
                             text):
            self.rpcs[m.group(1)] = "NO_SIDE_EFFECTS" in m.group(2)
        enum = re.search(r"\benum\s+Refusal\s*\{(.*?)\}", text, re.S)
        values = re.findall(r"\bREFUSAL_(\w+)\s*=", enum.group(1)) if enum else []
        self.refusals = [v for v in values if v != "UNSPECIFIED"]


# --- Stories ------------------------------------------------------------------------------------

class Step:
    """One line of a story that sends something, and what the lines after it say of the verdict."""

    def __init__(self, kind, service, rpc, where):
        self.kind, self.service, self.rpc, self.where = kind, service, rpc, where
        self.accepted, self.refused = False, None
        self.reasons = set()  # those that a query's answer gives: why something was not possible


_SEND = re.compile(r"^(given|when|then)(?:#\S+)?\s+(?:(\w+)\.)?([A-Z]\w*)\s*\{")


def stories(folder):
    """(titles as (text, where), steps) of every story and included file of a folder."""
    titles, steps = [], []
    service = folder if folder in SERVICES else "stations"
    for name in files("tests/stories/%s/" % folder, ".story", ".inc"):
        lines = read(name).split("\n")
        i, last = 0, None
        while i < len(lines):
            line, where = lines[i].strip(), "%s:%d" % (name, i + 1)
            i += 1
            if not line or line.startswith("#"):
                continue
            while braces(line) > 0 and i < len(lines):
                line += " " + lines[i].strip()
                i += 1
            if line.startswith("story "):
                titles.append((line[len("story "):], where))
                last = None
                continue
            send = _SEND.match(line)
            if send:
                step = Step(send.group(1), send.group(2) or service, send.group(3), where)
                steps.append(step)
                if step.kind == "given":
                    step.accepted, last = True, None
                elif step.kind == "when":
                    last = step
                else:
                    refused = re.search(r"\}\s*refused\s+([A-Z_0-9]+)", line)
                    step.refused = refused.group(1) if refused else None
                    step.accepted = not refused
                    step.reasons = set(re.findall(r'"reason": "REFUSAL_(\w+)"', line))
                continue
            refused = re.match(r"then refused\s+([A-Z_0-9]+)", line)
            if last and refused:
                last.refused = refused.group(1)
            if last and re.match(r"then (accepted|events?)\b", line):
                last.accepted = True
    return titles, steps


def braces(line):
    """How many braces and brackets the line leaves open, strings left out."""
    bare = re.sub(r'"(?:\\.|[^"\\])*"', "", line)
    return (bare.count("{") - bare.count("}")) + (bare.count("[") - bare.count("]"))


# What a story's title says at its end that it proves: "(rule B19)", "(rules B1, B3, workflow W1)",
# "(rule B26, tests 3, 4)".  Rules are those of services/RULES.md; workflows and acceptance tests are
# listed in tests/house/proofs.py.
_MARKS = re.compile(r" \(((?:rules?|workflows?|tests?) [^()]*)\)$")
_MARK = re.compile(r"(?:(rule|workflow|test)s? )?([AB]\d+|W\d+|\d+)$")
_LETTERS = {"rule": "AB", "workflow": "W", "test": "0123456789"}


def marks(title):
    """What a title names at its end, as (kind, id) pairs; None where the end is written wrongly."""
    tail = _MARKS.search(title)
    if not tail:
        return None if re.search(r"\((rule|workflow|test)s?\b[^()]*\)", title) else []
    found, kind = [], None
    for part in re.split(r", | and ", tail.group(1)):
        mark = _MARK.match(part)
        if not mark:
            return None
        kind = mark.group(1) or kind
        if mark.group(2)[0] not in _LETTERS[kind]:
            return None
        found.append((kind, mark.group(2)))
    return found


CJK = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
