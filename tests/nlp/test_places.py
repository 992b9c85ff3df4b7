import random

import pytest

from nlp import fold, place_book, read_text, resolve_place


def codes(places):
    return [place.code for place in places]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("phường Kim Liên", "00229"),
        ("P. Kim Lien", "00229"),  # short word, no diacritics
        ("quận Đống Đa", "old-d006"),  # the district that has ceased
        ("phường Đống Đa", "00235"),  # the ward of the same name
        ("phường Láng", "00199"),  # not xã Lăng
        ("Văn Miếu - Quốc Tử Giám", "00226"),
        ("TP Hà Nội", "01"),
        ("quận 1", "old-d760"),
    ],
)
def test_resolves(name, first):
    assert codes(resolve_place(name))[0] == first


@pytest.mark.parametrize(
    ("former", "now"),
    [
        ("Trung Phụng", {"00226"}),  # Đống Đa ward before 2025
        ("Khâm Thiên", {"00226"}),
        ("Láng Hạ", {"00025", "00199", "00235"}),  # divided: all heirs
        ("Trung Liệt", {"00190", "00229", "00235"}),
    ],
)
def test_former_wards_name_all_their_successors(former, now):
    places = resolve_place(f"phường {former}", within="01")
    assert places
    assert set().union(*(place.successors for place in places)) == now


def test_the_tables_are_whole():
    units = list(place_book().places.values())
    assert sum(p.level == "commune" and not p.former for p in units) == 3321
    assert sum(p.level == "province" and not p.former for p in units) == 34
    assert sum(p.level == "commune" and p.province == "01" for p in units) == 126
    assert all(heir in place_book().places for place in units for heir in place.successors)


def test_within_keeps_the_units_of_one_province():
    assert {place.province for place in resolve_place("Kim Liên", within="01")} == {"01", "old-01"}


def test_unknown_names_give_nothing():
    assert resolve_place("phường Xyzqwk") == []


def test_misread_names_are_found_near():
    """One letter in twenty wrong: at least 95 of 100 wards of Hà Nội still come first."""
    chance = random.Random(7)
    wards = [p for p in place_book().places.values() if p.level == "commune" and p.province == "01"]
    right = 0
    for place in wards:
        letters = list(fold(place.name))
        for index, letter in enumerate(letters):
            if letter != " " and chance.random() < 0.05:
                letters[index] = chance.choice("abcdeghiklmnopqrstuvxy")
        found = resolve_place("".join(letters), "commune", within="01")
        right += place.code in codes(found[:3])
    assert right >= 0.95 * len(wards)


@pytest.mark.parametrize(
    ("text", "written", "code"),
    [
        ("Tôi ở phường Kim Liên, thành phố Hà Nội.", "phường Kim Liên", "00229"),
        (
            "Tôi ở phường Kim Liên, quận Đống Đa, Hà Nội.",
            "phường Kim Liên",
            "old-00229",
        ),  # district: before 2025
        ("Toi o phuong Dong Da, Ha Noi.", "phuong Dong Da", "00235"),
        ("quê xã Tân Lộc Đông, tỉnh Cà Mau", "xã Tân Lộc Đông", "old-32089"),
        ("Nhà tôi ở tỉnh Đồng Tháp.", "tỉnh Đồng Tháp", "82"),
        ("phường Kim Llên, thành phố Hà Nội", "phường Kim Llên", "00229"),  # OCR: l for i
        ("Tôi ở P. Láng, Hà Nội.", "P. Láng", "00199"),
    ],
)
def test_mentions(text, written, code):
    assert (written, code) in [(m.text, m.code) for m in read_text(text)._.places]


def test_without_a_province_the_unit_of_the_day_is_meant():
    story = (
        "Tôi ở phường Thanh Xuân.\nNhà bên xây lấn.\nMong xử lý.\nHà Nội, ngày 3 tháng 4 năm {}\nLê Văn An"
    )
    assert read_text(story.format(2026))._.places[0].code == "00367"
    assert not (read_text(story.format(2024))._.places[0].code or OLD).startswith("00367")


OLD = "old-"


@pytest.mark.parametrize(
    "text",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "hợp tác xã Quyết Tâm",
        "các cơ quan Trung ương",
        "mong phường cho tổ chức họp",
    ],
)
def test_what_is_no_place(text):
    assert read_text(text)._.places == []
