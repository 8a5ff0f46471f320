"""A corpus that has something for every rule that looks beyond one document."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

REGISTRY = """version = 1

[[person]]
id = "ha-van-binh"
names.vi = ["Hà Văn Bình"]
names.th = ["ห่า วัน บิ่ญ", "ฮา วัน บินห์"]
offices = [{ office = "fisheries/deputy", since = 2020-01-01 }]

[[person]]
id = "tran-thi-kieu"
names.vi = ["Trần Thị Kiều"]
colour = "green"

[[organization]]
id = "fisheries"
names.vi = ["Bộ Thủy sản"]
names.th = ["กระทรวงประมง"]

[[office]]
id = "fisheries/deputy"
organization = "fisheries"
names.vi = ["Thứ trưởng Bộ Thủy sản"]

[[place]]
id = "da-lat"
names.vi = ["Đà Lạt"]
names.th = ["ดาลัต"]

[[decree]]
id = "77/QĐ-TTg"
date = 2022-02-01
"""

CONFIG = """[corpus]
include = ["**/*.txt", "never/some.md"]
registry = ["people.toml"]
document-date = { file-name = "(?<year>\\\\d{4})-(?<month>\\\\d\\\\d)-(?<day>\\\\d\\\\d)" }

[rules]
"date/mixed-era-document" = "error"
"no/such-rule" = "off"

[[per-file]]
path = "quiet/**"
rules = { "decree/missing-diacritics" = "off" }

[[suppress]]
path = "**"
rule = "decree/conflicting-dates"
text = "12/QĐ-BTS"
reason = "both are printed"

[[suppress]]
path = "**"
rule = "date/impossible-day"
text = "nowhere"
reason = "never used"

[[decide]]
path = "quiet/**"
text = "Đà Lạt"
is = "nothing"

[[decide]]
path = "quiet/**"
text = "Nha Trang"
is = "da-lat"

[annotators]
"deep/**" = "Anna"
"""

ANNOTATION_CONF = """[entities]
Person
Official
Place

[relations]
at Arg1:Persn, Arg2:Place

[events]

[attributes]
"""

SENTENCES = [
    "Thứ trưởng Bộ Thủy sản Hà Văn Bình đến Đà Lạt ngày {day}/{month}/2023.",
    "Bà Trần Thị Kiều ký Quyết định số {number}/QĐ-BTS ngày {day}/3/2023 về cảng cá.",
    "Quyết định {number}/QD-BTS ngày {day}/3/2023 có hiệu lực; Nghị định {number}/NĐ-CP quy định chi tiết.",
    "Nghị định số {number}/2021/NĐ-CP ngày {day}/6/2021 của Chính phủ.",
    "Quyết định số 77/QĐ-TTg ngày {day}/02/2022 được nhắc lại.",
    "กระทรวงประมงออกคำสั่งที่ {number}/QD-BTS ลงวันที่ {day} มีนาคม 2566 ที่ดาลัต",
    "นายห่า วัน บิ่ญ เดินทางวันที่ {day} กุมภาพันธ์ พ.ศ. 2566 และวันที่ {month}/{day}/2023",
    "นายฮา วัน บินห์ กล่าวที่ดาลัตเมื่อวันที่ {day} มกราคม 2566",
    "On {day} February 2023 Ha Van Binh visited the port 🐟 again.",
    "ngày 31/4/2023 và ngày 30/02/2023 là ngày không có.",
    "A line in which nothing is named.",
]

PLAIN = [
    "Thuyền về bến lúc sương còn dày, và người trên bờ đã đợi từ lâu để xem mẻ lưới đầu mùa có được như mong đợi không.",
    "Giá cá lên nhẹ sau mấy tuần ít thuyền ra khơi; người bán nói rằng trời yên thì tuần sau giá sẽ lại như cũ.",
    "ชาวประมงบอกว่าคลื่นสงบลงแล้ว เรือเล็กออกจากฝั่งได้อีกครั้ง และปลาที่ตลาดเช้ามีมากกว่าเมื่อวาน",
    "The nets were mended on the quay while the older boats waited for the tide, and nobody was in a hurry to leave.",
]


def document(dice: random.Random, lines: int, plain: float) -> str:
    """A text of this many lines, this share of which says nothing that is recognised."""
    filled = (
        dice.choice(PLAIN)
        if plain and dice.random() < plain
        else dice.choice(SENTENCES).format(
            day=dice.randint(1, 28), month=dice.randint(1, 12), number=dice.choice([12, 15, 18, 21, 30, 77])
        )
        for _ in range(lines)
    )
    return "\n".join(filled) + "\n"


NAMES = ["Hà Văn Bình", "Trần Thị Kiều", "Đà Lạt", "ห่า วัน บิ่ญ", "ฮา วัน บินห์", "ดาลัต", "Bộ Thủy sản"]


def annotated(dice: random.Random, text: str) -> str:
    """Annotations of some of the names in a text: of types and with links that do not always agree."""
    lines: list[str] = []
    for name in NAMES:
        start = text.find(name)
        while start >= 0:
            if dice.random() < 0.7:
                number = len(lines) + 1
                kind = dice.choice(["Person", "Person", "Official", "Place"])
                lines.append(f"T{number}\t{kind} {start} {start + len(name)}\t{name}")
                if dice.random() < 0.4:
                    link = dice.choice(["ha-van-binh", "da-lat", "nobody"])
                    lines.append(f"N{number}\tReference T{number} registry:{link}\t{name}")
                if dice.random() < 0.2:
                    lines.append(f"#{number}\tAnnotatorNotes T{number}\tlook again")
            start = text.find(name, start + 1)
    return "".join(f"{line}\n" for line in lines)


def write_corpus(folder: Path, documents: int, lines: int = 6, seed: int = 1, plain: float = 0) -> None:
    """Writes a corpus with annotations, marks, line ends and bytes of all kinds."""
    dice = random.Random(seed)
    for below in ("", "quiet", "deep/er", "never"):
        (folder / below).mkdir(parents=True, exist_ok=True)
    (folder / "scholiast.toml").write_text(CONFIG, encoding="utf-8")
    (folder / "people.toml").write_text(REGISTRY, encoding="utf-8")
    (folder / "annotation.conf").write_text(ANNOTATION_CONF, encoding="utf-8")
    (folder / "deep" / "annotation.conf").write_text("[entities]\nPlace\n", encoding="utf-8")
    (folder / "never" / "annotation.conf").write_text("[entities]\n!Nothing is annotated here\n", encoding="utf-8")
    for number in range(documents):
        below = dice.choice(["", "", "quiet/", "deep/er/"])
        text = document(dice, lines, plain)
        content = text.encode()
        match number % 11:
            case 3:
                content = text.replace("\n", "\r\n", lines // 2).encode()
            case 5:
                content = b"\xef\xbb\xbf" + content
            case 7 if number % 2:
                content = content[:40] + b"\xff" + content[40:]
        path = folder / f"{below}{number:05}-2023-0{1 + number % 9}-15.txt"
        path.write_bytes(content)
        beside = path.with_suffix(".ann")
        if number % 8 == 0:
            start = dice.randint(0, 20)
            words = text[start : start + 9].replace("\n", " ")
            beside.write_text(
                f"T1\tPerson {start} {start + 9}\t{words}\nT2\tDate 0 4\t{text[:4]}\nR1\tat Arg1:T1 Arg2:T9\n",
                encoding="utf-8",
            )
        elif number % 2 == 0:
            beside.write_text(annotated(dice, content.decode(errors="replace")), encoding="utf-8")
        elif number % 7 == 0:
            beside.write_bytes(b"" if number % 3 else b"T1\tPerson 0 1\t\xff\n")


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small corpus."""
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(folder, 60)
    return folder


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The sample corpus of the repository."""
    return Path(__file__).resolve().parents[2] / "seeds"
