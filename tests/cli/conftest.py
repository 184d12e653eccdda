"""Commands, and documents that many of them begin with: made once by commands, then copied."""

import pytest

from smartct_desktop.cli.main import main
from smartct_desktop.services.main_job import PARTNER_FILE
from smartct_desktop.system.resources import resource


@pytest.fixture
def run(capsys):
    """Run a command; gives exit code, standard output and standard error."""

    def run_(*arguments):
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return run_


@pytest.fixture(scope="session")
def partner_file():
    return str(resource(PARTNER_FILE))


@pytest.fixture(scope="session")
def begun(tmp_path_factory):
    """The bytes of a document as `new --sample` leaves it."""
    path = tmp_path_factory.mktemp("begun") / "sample.smartct"
    assert main(["new", str(path), "--sample"]) == 0
    return path.read_bytes()


@pytest.fixture(scope="session")
def filled(tmp_path_factory, begun, partner_file):
    """The bytes of that document with a partner's exchanges in it."""
    path = tmp_path_factory.mktemp("filled") / "sample.smartct"
    path.write_bytes(begun)
    assert main(["import", str(path), partner_file, "--accept-proposals"]) in {0, 1}
    return path.read_bytes()


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Copies of one document have one id: what is kept of each lies in a folder of its own."""
    monkeypatch.setenv("SMARTCT_HOME", str(tmp_path / "home"))


@pytest.fixture
def sample(tmp_path, begun, home):  # noqa: ARG001 (the copy has the id of others)
    """The sample partnership as it is begun."""
    path = tmp_path / "sample.smartct"
    path.write_bytes(begun)
    return path


@pytest.fixture
def imported(tmp_path, filled, home):  # noqa: ARG001 (as above)
    """The sample partnership with a partner's exchanges in it."""
    path = tmp_path / "sample.smartct"
    path.write_bytes(filled)
    return path
