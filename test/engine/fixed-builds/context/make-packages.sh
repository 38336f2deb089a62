# Makes a Debian package in a repository of its own, and an environment with pip that knows one wheel.
set -eu
mkdir -p /tmp/greeting/DEBIAN /tmp/greeting/usr/bin /srv/apt /srv/wheels
printf '#!/bin/sh\necho "hello from a package"\n' >/tmp/greeting/usr/bin/greeting
chmod 755 /tmp/greeting/usr/bin/greeting
cat >/tmp/greeting/DEBIAN/control <<'END'
Package: greeting
Version: 1.0
Architecture: all
Maintainer: nobody <nobody@example.org>
Description: says hello
END
dpkg-deb --build /tmp/greeting /srv/apt/greeting_1.0_all.deb
{
  cat /tmp/greeting/DEBIAN/control
  echo "Filename: ./greeting_1.0_all.deb"
  echo "Size: $(stat -c %s /srv/apt/greeting_1.0_all.deb)"
  echo "SHA256: $(sha256sum /srv/apt/greeting_1.0_all.deb | cut -d ' ' -f 1)"
} >/srv/apt/Packages
rm -rf /tmp/greeting /etc/apt/sources.list /etc/apt/sources.list.d/*
echo 'deb [trusted=yes] file:/srv/apt ./' >/etc/apt/sources.list

python3 -m venv /opt/venv
python3 - <<'END'
from zipfile import ZipFile

info = "bikes-1.0.dist-info"
with ZipFile("/srv/wheels/bikes-1.0-py3-none-any.whl", "w") as wheel:
    wheel.writestr("bikes.py", "print('bikes 1.0')\n")
    wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: bikes\nVersion: 1.0\n")
    wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    wheel.writestr(f"{info}/RECORD", f"bikes.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n")
END
