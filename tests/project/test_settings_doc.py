"""Every setting is documented, and nothing that is not a setting."""

import re
from pathlib import Path

import pytest

from service.settings import Settings, SettingsError, settings

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_the_page_lists_exactly_the_settings() -> None:
    documented = re.findall(r"^\| `(DONTHU_\w+)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(documented) == sorted(f"DONTHU_{name.upper()}" for name in Settings.model_fields)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DONTHU_PORT", "http"),  # no number
        ("DONTHU_PORT", "0"),  # out of range
        ("DONTHU_DATABASE_URL", "sqlite:///x.db"),  # another dialect
        ("DONTHU_SESSION_HOURS", "0"),
    ],
)
def test_a_wrong_value_is_named_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    settings.cache_clear()
    with pytest.raises(SettingsError, match=variable) as caught:
        settings()
    settings.cache_clear()
    assert "\n" not in str(caught.value)
