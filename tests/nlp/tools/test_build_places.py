import sqlite3

from nlp.tools.build_places import build

OLD = ["ward", "wardType", "wardShort", "wardCode", "wardAlias", "wardKey", "district", "districtType", "districtShort",
       "districtCode", "districtAlias", "districtKey", "province", "provinceShort", "provinceCode", "provinceAlias", "provinceKey"]  # fmt: skip
NEW = [
    "ward",
    "wardType",
    "wardShort",
    "wardCode",
    "wardKey",
    "province",
    "provinceShort",
    "provinceCode",
    "provinceAlias",
    "provinceKey",
]


def rows(columns, *values):
    database = sqlite3.connect(":memory:")
    database.row_factory = sqlite3.Row
    database.execute(f"create table t ({', '.join(columns)})")
    database.executemany(f"insert into t values ({', '.join('?' * len(columns))})", values)
    return database.execute("select * from t").fetchall()


def test_divided_and_whole_communes():
    province = ["Tỉnh Thử", "Thử", "99", '["thu"]', "tinhthu"]
    district = ["Huyện Một", "Huyện", "Một", "901", None, "huyenmot"]
    old = rows(
        OLD,
        [
            "Xã A",
            "Xã",
            "A",
            "00901",
            '["xacuu", "cuu", "phuongphuonglien", "phuonglien"]',
            "xaa",
            *district,
            *province,
        ],
        ["Xã B", "Xã", "B", "00902", None, "xab", *district, *province],
    )
    new = rows(
        NEW,
        ["Xã X", "Xã", "X", "00991", "xax", *province],
        ["Xã Y", "Xã", "Y", "00992", "xay", *province],
    )
    mapping = {
        "DICT_PROVINCE": {"tinhthu": ["tinhthu"]},
        "DICT_PROVINCE_WARD_NO_DIVIDED": {"tinhthu": {"xax": ["tinhthu_huyenmot_xaa"]}},
        "DICT_PROVINCE_WARD_DIVIDED": {
            "tinhthu": {"tinhthu_huyenmot_xab": [{"newWardKey": "xay"}, {"newWardKey": "xax"}]}
        },
    }
    table = build(new, old, mapping)
    first, second = table["old_commune"]
    assert first[4] == ["00991"]
    assert first[5] == ["cuu", "phuonglien"]  # the word for the type comes off, once
    assert second[4] == ["00991", "00992"]  # all heirs of a divided commune
    assert table["old_province"] == [["99", "Tỉnh", "Thử", "", ["99"], ["thu"]]]
