# Makes wheels and source distributions from a description: python3 distributions.py FOLDER < JSON.
import base64
import hashlib
import io
import json
import sys
import tarfile
import zipfile
from pathlib import Path


def metadata(package: dict) -> str:
    lines = ["Metadata-Version: 2.1", f"Name: {package['name']}", f"Version: {package['version']}"]
    return "\n".join(lines + [f"Requires-Dist: {name}" for name in package.get("requires", [])]) + "\n"


def entry_points(package: dict) -> str:
    groups = {"console_scripts": package.get("scripts", {}), **package.get("entryPoints", {})}
    return "".join(
        f"[{group}]\n" + "".join(f"{name} = {target}\n" for name, target in points.items())
        for group, points in groups.items()
        if points
    )


def wheel(folder: Path, package: dict) -> None:
    stem = f"{package['name'].replace('-', '_')}-{package['version']}"
    info = f"{stem}.dist-info"
    files = {
        **package["files"],
        f"{info}/METADATA": metadata(package),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: stand-in\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": entry_points(package),
    }
    record = "".join(f"{path},{digest(text.encode())},{len(text.encode())}\n" for path, text in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n"
    with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)


def source(folder: Path, package: dict) -> None:
    """Its setup.py ends the build where a file that it needs is not there, as a compiler would."""
    stem = f"{package['name'].replace('-', '_')}-{package['version']}"
    modules = [path.removesuffix(".py") for path in package["files"]]
    setup = (
        "import os, sys\nfrom setuptools import setup\n"
        f"for file in {package['builtWith']!r}:\n"
        "    if not os.path.exists(file):\n        sys.exit(f'error: {file} is not there')\n"
        f"setup(name={package['name']!r}, version={package['version']!r}, py_modules={modules!r}, "
        f"install_requires={package.get('requires', [])!r})\n"
    )
    backend = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
    files = {**package["files"], "setup.py": setup, "pyproject.toml": backend, "PKG-INFO": metadata(package)}
    with tarfile.open(folder / f"{stem}.tar.gz", "w:gz") as archive:
        for path, text in files.items():
            entry = tarfile.TarInfo(f"{stem}/{path}")
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))


def digest(data: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


for description in json.load(sys.stdin):
    (source if "builtWith" in description else wheel)(Path(sys.argv[1]), description)
