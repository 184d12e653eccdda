"""Sync folders, network drives and sticks are known on all three systems, from what they say."""

import json
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from smartct_desktop.system.drives import (
    HERE,
    Machine,
    Place,
    PlaceKind,
    SyncRoot,
    place_of,
)
from smartct_desktop.system.machine import (
    parse_mounts,
    parse_mounts_of_macos,
    place_of_file,
    sync_roots,
)

SYNCED, NETWORK, REMOVABLE = PlaceKind.SYNCED, PlaceKind.NETWORK, PlaceKind.REMOVABLE

LINUX_MOUNTS = r"""
/dev/nvme0n1p2 / ext4 rw,relatime 0 0
tmpfs /run tmpfs rw 0 0
server:/export /srv/nfs nfs4 rw,vers=4.2 0 0
//files.uni.example/projects /drives/pro\040jects cifs rw,username=ada 0 0
ada@host:/people/ada /people/ada/far fuse.sshfs rw 0 0
/dev/sdb1 /media/ada/STICK vfat rw 0 0
/dev/sdc1 /drives/windows fuseblk rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
/dev/nvme0n1p2 /srv/nfs/really/here ext4 rw 0 0
"""
MACOS_MOUNTS = """
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//ada@files.uni.example/projects on /Volumes/projects (smbfs, nodev, nosuid, mounted by ada)
/dev/disk4s1 on /Volumes/MY STICK (msdos, local, nodev, nosuid, noowners)
"""
LINUX = Machine(mounts=tuple(parse_mounts(LINUX_MOUNTS)))
MACOS = Machine(mounts=tuple(parse_mounts_of_macos(MACOS_MOUNTS)))
WINDOWS = Machine(
    roots=(SyncRoot(PureWindowsPath("C:/People/Ada/Arbeit"), "OneDrive"),),
    network_letters=frozenset("Z"),
    removable_letters=frozenset("E"),
)


def nothing(_path):
    return False


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/people/ada/Documents/a.smartct", HERE),
        ("/people/ada/Boxes/a.smartct", HERE),
        ("/srv/nfs/a.smartct", Place(NETWORK, "server")),
        ("/srv/nfs/really/here/a.smartct", HERE),
        ("/drives/pro jects/2021/a.smartct", Place(NETWORK, "files.uni.example")),
        ("/people/ada/far/a.smartct", Place(NETWORK, "host")),
        ("/media/ada/STICK/a.smartct", Place(REMOVABLE, "STICK")),
        ("/drives/windows/a.smartct", HERE),
        (
            "/run/user/1000/gvfs/smb-share:server=nas.local,share=eu/a.smartct",
            Place(NETWORK, "nas.local"),
        ),
        (
            "/run/user/1000/gvfs/google-drive:host=gmail.com,user=ada/x/a.smartct",
            Place(SYNCED, "Google Drive"),
        ),
        ("/people/ada/Nextcloud/Projects/a.smartct", Place(SYNCED, "Nextcloud")),
        ("/people/ada/Dropbox (Cluster)/a.smartct", Place(SYNCED, "Dropbox")),
    ],
)
def test_the_places_of_linux(path, place):
    assert place_of(PurePosixPath(path), LINUX, nothing) == place


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/people/ada/Documents/a.smartct", HERE),
        ("/Volumes/projects/a.smartct", Place(NETWORK, "files.uni.example")),
        ("/Volumes/MY STICK/a.smartct", Place(REMOVABLE, "MY STICK")),
        ("/people/ada/Library/CloudStorage/OneDrive-Uni/a.smartct", Place(SYNCED, "OneDrive")),
        ("/people/ada/Library/CloudStorage/Tresorit-x/a.smartct", Place(SYNCED, "Tresorit")),
        (
            "/people/ada/Library/Mobile Documents/com~apple~CloudDocs/a.smartct",
            Place(SYNCED, "iCloud"),
        ),
    ],
)
def test_the_places_of_macos(path, place):
    assert place_of(PurePosixPath(path), MACOS, nothing) == place


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (r"C:\People\Ada\Documents\a.smartct", HERE),
        (r"C:\People\Ada\OneDrive - Netzwerk Energie\a.smartct", Place(SYNCED, "OneDrive")),
        (r"C:\People\Ada\Arbeit\2021\a.smartct", Place(SYNCED, "OneDrive")),
        (r"c:\people\ada\arbeit\a.smartct", Place(SYNCED, "OneDrive")),
        (r"\\files.uni.example\projects\a.smartct", Place(NETWORK, "files.uni.example")),
        (r"\\?\UNC\nas\share\a.smartct", Place(NETWORK, "nas")),
        (r"\\?\C:\People\a.smartct", HERE),
        (r"Z:\projects\a.smartct", Place(NETWORK, "Z:")),
        (r"E:\a.smartct", Place(REMOVABLE, "E:")),
        (r"G:\Meine Ablage\a.smartct", Place(SYNCED, "Google Drive")),
        (r"C:\People\Ada\iCloudDrive\a.smartct", Place(SYNCED, "iCloud")),
    ],
)
def test_the_places_of_windows(path, place):
    assert place_of(PureWindowsPath(path), WINDOWS, nothing) == place


@pytest.mark.parametrize(
    ("mark", "client"),
    [
        (".dropbox", "Dropbox"),
        (".stfolder", "Syncthing"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".sync_journal.db", "Nextcloud"),
    ],
)
def test_that_what_sync_programs_leave_at_the_top_of_their_folder_is_known(tmp_path, mark, client):
    folder = tmp_path / "Shared" / "2021"
    folder.mkdir(parents=True)
    (tmp_path / "Shared" / mark).touch()

    assert place_of_file(folder / "a.smartct") == Place(SYNCED, client)


def test_that_the_settings_of_dropbox_do_not_make_the_whole_home_a_sync_folder(tmp_path):
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".dropbox" / "info.json").write_text("{}")

    assert place_of_file(tmp_path / "a.smartct").kind is not SYNCED


def test_that_the_settings_of_sync_programs_are_read(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    kept = json.dumps({"personal": {"path": "/data/Box D"}, "business": {"path": "/data/Firm"}})
    write(".dropbox/info.json", kept)
    lines = "[Accounts]\n0\\Folders\\1\\localPath=/data/Cloud/\n0\\Folders\\1\\paused=false\n"
    write(".config/Nextcloud/nextcloud.cfg", lines)
    write("Roaming/ownCloud/owncloud.cfg", "0\\Folders\\1\\localPath=/data/Own\n")
    write(".config/onedrive/config", 'sync_dir = "/data/One"\n')
    write(".config/syncthing/config.xml", '<folder id="a" label="x" path="/data/Thing">')
    (tmp_path / "Library/Mobile Documents/com~apple~CloudDocs/Documents").mkdir(parents=True)
    environ = {"OneDriveCommercial": "/data/Uni", "APPDATA": str(tmp_path / "Roaming")}

    found = {(root.folder, root.client) for root in sync_roots(environ, tmp_path)}

    assert found == {
        (Path("/data/Box D"), "Dropbox"),
        (Path("/data/Firm"), "Dropbox"),
        (Path("/data/Cloud"), "Nextcloud"),
        (Path("/data/Own"), "ownCloud"),
        (Path("/data/One"), "OneDrive"),
        (Path("/data/Uni"), "OneDrive"),
        (Path("/data/Thing"), "Syncthing"),
        (tmp_path / "Library/Mobile Documents", "iCloud"),
        (tmp_path / "Documents", "iCloud"),
    }


@pytest.mark.parametrize("text", ["", "[]", "no json", '{"personal": 1}', '{"p": {"path": 7}}'])
def test_that_settings_without_sense_name_no_folder(tmp_path, text):
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".dropbox" / "info.json").write_text(text)

    assert list(sync_roots({}, tmp_path)) == []
