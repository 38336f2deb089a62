# Makes the wheels that stand in for packages which no build here can fetch: about as large and with as many files as the
# real ones with what they bring along, filled with noise. python3 stand-ins.py FOLDER NAME@VERSION=MEGABYTES…
import base64
import hashlib
import random
import sys
import zipfile
from pathlib import Path

FILES_PER_MEGABYTE = 60
# A wheel shrinks to about a third of what it unpacks to; the block fits into deflate's window.
BLOCK = 8_192
REPEATS = 3


def make(folder: Path, name: str, version: str, megabytes: float) -> None:
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    noise = random.Random(name + version)
    files = {f"{name}/__init__.py": f'__version__ = "{version}"\n'.encode()}
    count = max(1, int(megabytes * FILES_PER_MEGABYTE))
    for number in range(count):
        size = int(megabytes * 1e6 / count)
        blocks = [noise.randbytes(min(BLOCK, size - at)) for at in range(0, size, BLOCK)]
        files[f"{name}/data/{number}.bin"] = b"".join(block * REPEATS for block in blocks)
    info = f"{name}-{version}.dist-info"
    files[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: stand-in\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    record = "".join(f"{path},{digest(data)},{len(data)}\n" for path, data in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path, data in files.items():
            archive.writestr(path, data, zipfile.ZIP_DEFLATED)


def digest(data: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


folder = Path(sys.argv[1])
for argument in sys.argv[2:]:
    pin, size = argument.split("=")
    name, version = pin.split("@")
    make(folder, name, version, float(size))
