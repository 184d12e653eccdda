"""What the program remembers between two starts."""

from pathlib import Path

from smartct_desktop.services.settings import Settings


def test_that_what_was_set_is_there_after_a_restart(tmp_path):
    path = tmp_path / "settings.json"
    settings = Settings(path)
    settings.set("grid.exchange.widths", {"number": 90, "vo": 240})
    settings.save()
    assert Settings(path).get("grid.exchange.widths") == {"number": 90, "vo": 240}


def test_that_what_was_never_set_has_its_default(tmp_path):
    settings = Settings(tmp_path / "settings.json")
    assert settings.get("view.compact", default=False) is False
    assert settings.text("window.tab", "overview") == "overview"


def test_that_a_damaged_file_is_put_aside_and_the_defaults_hold(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text("{damaged")
    settings = Settings(path)
    assert settings.get("anything") is None
    assert settings.damaged == tmp_path / "settings.bad"
    assert settings.damaged.read_text() == "{damaged"
    settings.set("a", 1)
    settings.save()
    assert Settings(path).get("a") == 1


def test_that_settings_of_the_wrong_shape_do_no_harm(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"recent": "not a list", "window.tab": 7}')
    settings = Settings(path)
    assert settings.recent() == []
    assert settings.text("window.tab", "overview") == "overview"


def test_that_the_newest_document_comes_first_and_once(tmp_path):
    settings = Settings(tmp_path / "settings.json")
    for name in ("a", "b", "a"):
        settings.opened(Path(f"/documents/{name}.smartct"))
    assert [path.stem for path in settings.recent()] == ["a", "b"]
    settings.forget(Path("/documents/a.smartct"))
    assert [path.stem for path in settings.recent()] == ["b"]


def test_that_the_list_of_recent_documents_stays_short(tmp_path):
    settings = Settings(tmp_path / "settings.json")
    for number in range(30):
        settings.opened(Path(f"/documents/{number}.smartct"))
    assert len(settings.recent()) == 10
