#!/usr/bin/env python3
"""services/RULES.md, the code that quotes it and the stories that name it agree."""

import re

import house

SECTION = re.compile(r"^## ([AB]\d+) · (.+?)\n(.*?)(?=^## |\Z)", re.M | re.S)
CLASSES = {"refused", "flagged", "obligation", "recorded"}


class Rule:
    def __init__(self, title, body):
        self.title, self.text = title, house.fold(title + "\n" + body)
        self.classes = set(self.line(body, "Class").split(", "))
        self.source = self.line(body, "Source")
        # "built (visits only)" is built, as far as it says
        self.stage = re.sub(r"^built \(.+\)$", "built", self.line(body, "Stage"))

    @staticmethod
    def line(body, name):
        found = re.search(r"^%s: (.+)$" % name, body, re.M)
        return found.group(1).strip() if found else ""

    @property
    def enforced(self):
        return self.stage == "built" and self.classes != {"recorded"}


def by_number(rule_id):
    return rule_id[0], int(rule_id[1:])


book = {}
twice = []
for found in SECTION.finditer(house.read("services/RULES.md")):
    if found.group(1) in book:
        twice.append("%s stands there twice" % found.group(1))
    book[found.group(1)] = Rule(found.group(2), found.group(3))

wanted = ["A%d" % n for n in range(1, 17)] + ["B%d" % n for n in range(1, 41)]
house.check("the book has one section for each of A1 to A16 and B1 to B40",
            twice + ["%s is not there" % r for r in wanted if r not in book]
            + ["%s is nobody's" % r for r in book if r not in wanted])

malformed = []
for rule_id, rule in book.items():
    if not rule.classes <= CLASSES:
        malformed.append("%s: Class is none of %s" % (rule_id, ", ".join(sorted(CLASSES))))
    if not rule.source:
        malformed.append("%s: there is no Source" % rule_id)
    if rule.stage not in ("built", "to come"):
        malformed.append("%s: Stage is neither built nor to come" % rule_id)
    before = rule.text.split("Class:")[0]
    if not house.CJK.search(rule.title) or not house.CJK.search(before):
        malformed.append("%s: it is not in both languages" % rule_id)
house.check("each section has both languages, a class, a source and a stage", malformed)

quoted, wrong, loose = {}, [], []
QUOTE = re.compile(r'RULE ([AB]\d+): "([^"]+)"')
for name in house.files("services/", ".c", ".h"):
    text = house.read(name)
    for offset, comment in house.comments(text):
        folded = house.fold(comment)
        quotes = QUOTE.findall(folded)
        where = "%s:%d" % (name, house.line_of(text, offset))
        if len(re.findall(r"\bRULE\b", folded)) != len(quotes):
            loose.append('%s: RULE without `B1: "words of the book"`' % where)
        for rule_id, words in quotes:
            quoted.setdefault(rule_id, []).append(where)
            if rule_id not in book:
                wrong.append("%s: the book has no rule %s" % (where, rule_id))
            elif words not in book[rule_id].text:
                wrong.append('%s: these are not words of %s: "%s"' % (where, rule_id, words))
house.check("each RULE in a comment of the code names a rule and quotes it", loose)
house.check("what the code quotes stands in the book, word for word", wrong)

named, unknown, badly = {}, [], []
for folder in house.STORY_FOLDERS:
    for title, where in house.stories(folder)[0]:
        marks = house.marks(title)
        if marks is None:
            badly.append("%s: write (rule B19) or (rules B19, B20, workflow W1) at the end" % where)
            continue
        for rule_id in [mark for kind, mark in marks if kind == "rule"]:
            named.setdefault(rule_id, []).append(where)
            if rule_id not in book:
                unknown.append("%s: %s" % (where, rule_id))
house.check("titles of stories name their rules at the end", badly)
house.check("no story names a rule that the book does not have", unknown)

rows = []
for service in house.SERVICES:
    for name in house.files("services/%s/refusals.c" % service, ".c"):
        for cells in house.rows(house.read(name), "refusal"):
            if len(cells) == 5 and cells[2] != "NULL" and cells[2] not in book:
                rows.append("%s: %s names %s" % (name, cells[0], cells[2]))
house.check("each refusal's rule stands in the book", rows)

enforced = sorted((r for r in book if book[r].enforced), key=by_number)
house.check("each rule that is built and enforced is quoted by the code",
            ["%s · %s" % (r, book[r].title) for r in enforced if r not in quoted])
house.check("each rule that is built and enforced is named by a story",
            ["%s · %s" % (r, book[r].title) for r in enforced if r not in named])
house.check("no rule is called to come that code quotes and a story names",
            ["%s · %s" % (r, book[r].title) for r in sorted(book, key=by_number)
             if book[r].stage != "built" and r in quoted and r in named])
house.done()
