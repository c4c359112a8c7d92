"""A programme's year in which things wait for somebody: its tables without some of their rows, and
with changes that county and prefecture endorse before the province decides."""

import json
import os
import shutil

# Of which table which rows are left out, by what they begin with: what should follow from them then
# waits, and what rests on that is refused while it is played.
LEFT_OUT = {
    "09-reviews": ["ap-41,"],
    "10-decisions": ["ap-40,", "ap-39,"],
    "18-signatures-province": ["agr-20,"],
    "19-signatures-recipients": ["agr-20,", "agr-21,"],
    "20-signatures-agencies": ["agr-20,", "agr-21,", "agr-22,"],
    "21-arrivals": ["po-ap-19-1,"],
    "25-disbursements-authorised": ["db-18-"],
    "26-payments": ["db-17-"],
    "29-expense-answer": [""],
    "30-expenses-verified": ["ex-01-1-", "ex-02-1-2,"],
    "33-visits-reported": ["fv-03-2,", "fv-04-2,"],
    "35-reports-submitted": ["rp-yn-530322-2023Q2,"],
    "39-reports-accepted": ["rp-yn-530628-2023Q1,", "rp-yn-530628-2023Q2,"],
    "43-reviewed": ["ev-2022:pr-yn-530628-ag-01,"],
    "44-final": ["ev-2022:pr-yn-530628-ag-01,", "ev-2022:pr-yn-530322-ag-02,"],
    "51-changes-decided": [""],
}
ENDORSED_BY = ["county", "prefecture"]
HEAD = 3  # the lines before a table's rows


def unfinished(folder, out):
    """A copy of the programme's folder, as said above; the place of the copy."""
    shutil.copytree(folder, out)
    for table, beginnings in LEFT_OUT.items():
        path = os.path.join(out, table + ".csv")
        with open(path, encoding="utf-8") as file:
            lines = file.readlines()
        kept = [line for line in lines[HEAD:] if not line.startswith(tuple(beginnings))]
        assert len(kept) < len(lines) - HEAD, table
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(lines[:HEAD] + kept)
    path = os.path.join(out, "programme-year.json")
    with open(path, encoding="utf-8") as file:
        year = json.load(file)
    year["rules"]["changes"] = {"endorsed_by_levels": ENDORSED_BY}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(year, file, ensure_ascii=False)
    return out
