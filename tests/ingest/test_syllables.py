import pytest

from ingest.syllables import Language, is_syllable, language, marked_share, share
from tests.ingest.paper import LETTER

TCVN3 = "CéNG HoµX· HéI CHñ NGHÜA VIÖT NAM §éc lËp Tù do H¹nh phóc §¬n khiÕu n¹i KÝnh göi Chñ tÞch ñy ban nh©n d©n ph­êng"
VNI = "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM Ñoäc laäp Töï do Haïnh phuùc Ñôn khieáu naïi Kính göûi Chuû tòch Uyû ban nhaân daân"
ENGLISH = "Dear Sir, I am writing to complain about the noise in our street, which has been going on for three months"


@pytest.mark.parametrize(
    "word", ["Nguyễn", "nghiêng", "quyết", "thuở", "khuỷu", "giếng", "gì", "hoà", "hòa", "ƯƠNG", "yêu"]
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["street", "writing", "zwölf", "nhaân", "lËp", "ngx", "bcd"])
def test_other_words(word: str) -> None:
    assert not is_syllable(word)


def test_syllable_without_its_marks_counts_only_when_asked() -> None:
    assert is_syllable("duong", marks=False)
    assert not is_syllable("duong")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LETTER, Language.VIETNAMESE),
        (
            "Toi lam don nay de nghi Uy ban nhan dan phuong xem xet viec cap giay chung nhan cho gia dinh toi",
            Language.VIETNAMESE,
        ),
        (ENGLISH, Language.OTHER),
        ("关于我们街道噪音问题的投诉信请求政府有关部门尽快处理此事谢谢", Language.OTHER),
        (TCVN3, Language.GARBLED),
        (VNI, Language.GARBLED),
        ("Kính gửi phường", Language.UNKNOWN),
        ("", Language.UNKNOWN),
    ],
    ids=["letter", "no marks", "English", "Chinese", "TCVN3", "VNI", "short", "nothing"],
)
def test_language(text: str, expected: Language) -> None:
    assert language(text) is expected


def test_shares_lie_far_apart() -> None:
    assert share(LETTER) > 0.95
    assert max(share(TCVN3), share(VNI), share(ENGLISH)) < 0.4


def test_lost_marks_are_seen() -> None:
    assert marked_share(LETTER) > 0.5
    assert marked_share("Kinh gui Uy ban nhan dan phuong") == 0.0
