// Read on 2026-11-28.

/** Programs that packages of Python bring by other names than their own (`[project.scripts]` of each). */
export const packagePrograms: readonly (readonly [program: string, by: string])[] = [
  ['huggingface-cli', 'huggingface-hub'],
  ['hf', 'huggingface-hub'],
  ['jupyter', 'jupyter-core'],
  ['jupyter', 'notebook'],
  ['jupyter', 'jupyterlab'],
  ['torchrun', 'torch'],
  ['django-admin', 'django'],
  ['pybabel', 'babel'],
  ['whisper', 'openai-whisper'],
  ['yolo', 'ultralytics'],
  ['aws', 'awscli'],
];

/** Programs that the slim images of Python have: the essential packages of Debian 12, and those of Python and OpenSSL (`dpkg -L`). */
export const slimPrograms: ReadonlySet<string> = new Set(
  'apt apt-get arch awk base64 basename bash cat chgrp chmod chown chroot cksum clear cmp comm cp cut dash date dd deb-systemd-helper df diff dir dirname dmesg dpkg du echo egrep env expand expr factor false fgrep find flock fold getent getopt grep groups gunzip gzip head hostname hostid iconv id install ionice join ldconfig ldd link ln locale login logger logname ls lsblk lscpu mawk md5sum mkdir mkfifo mknod mktemp more mount mv nawk nice nl nohup nproc numfmt od openssl passwd paste perl pip pip3 pr printenv printf pwd pydoc python python3 readlink realpath renice reset rm rmdir sed seq sh sha1sum sha256sum sha512sum shred shuf sleep sort split stat stdbuf stty su sum sync tac tail tar tee test timeout touch tput tr true truncate tsort tty tzselect umount uname uniq unlink useradd users wc whereis which who whoami xargs yes zcat'.split(
    ' ',
  ),
);

/** Programs of desktops and other systems, for which a program looks at where it runs, and what NVIDIA's runtime brings. */
export const foreignPrograms: ReadonlySet<string> = new Set(
  'afplay attrib caffeinate cls cmd color copy defaults del diskutil dscl explorer gnome-terminal ipconfig konqueror move netsh nautilus notepad notify-send nvidia-smi open osascript pause pbcopy pbpaste pmset powershell pwsh reg ren robocopy say sc schtasks screencapture setx shutdown start sw_vers sysctl system_profiler systeminfo taskkill tasklist title type ver where wmic wslpath wslview x-terminal-emulator xclip xdg-mime xdg-open xsel xterm'.split(
    ' ',
  ),
);
