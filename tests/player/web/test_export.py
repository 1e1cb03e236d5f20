"""CSV that a spreadsheet opens as what it is."""

from __future__ import annotations

import csv
import io

from player.web.export import csv_file


def test_a_file_is_utf_8_with_a_mark_and_survives_any_name() -> None:
    names = ["Ann, the “first”", 'She said "no"', "two\nlines", "Zoë 🙂"]
    unfit = "a\0b\ud800\u202ec"
    response = csv_file("Northfield / training", ("Name",), [(name,) for name in [*names, unfit]])
    assert response.mimetype == "text/csv"
    data = response.get_data()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == [["Name"], *([name] for name in names), ["a\ufffdb\ufffd\ufffdc"]]
    assert response.headers["Content-Disposition"] == 'attachment; filename="northfield-training.csv"'
