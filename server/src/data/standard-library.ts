// Read on 2026-11-26.

/**
 * The modules of Python's standard library, which come before those of a project on no path but its own. Source:
 * `sys.stdlib_module_names` of Python 3.11.7, with `distutils`, `imp`, `asynchat`, `asyncore` and `smtpd`, which left in 3.12.
 */
export const standardLibrary: ReadonlySet<string> = new Set(
  `abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect
  builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall
  concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm
  decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput
  fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac
  html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache
  locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc
  nis nntplib nt ntpath nturl2path numbers opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools
  pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc
  pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select
  selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile
  sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau symtable sys sysconfig
  syslog tabnanny tarfile telnetlib tempfile termios textwrap this threading time timeit tkinter token tokenize
  tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv
  warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo asynchat asyncore distutils imp smtpd`.split(
    /\s+/,
  ),
);

/**
 * Modules of Python whose names PyPI has no package of, as PyPI spells names. Source: `uv pip compile` of each name of
 * `sys.stdlib_module_names` (Python 3.11) by uv 0.13.9 on 2026-11-27; others, such as `argparse` and `dataclasses`, have one.
 */
export const notOnPypi: ReadonlySet<string> = new Set(
  `
    abc aifc array asynchat asyncore atexit audioop base64 bdb binascii bisect builtins bz2 calendar cgi
    cgitb cmath cmd code codecs codeop collections colorsys compileall concurrent contextlib copy
    copyreg cprofile crypt csv ctypes curses dbm decimal difflib distutils doctest encodings ensurepip
    errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib gc genericpath getopt getpass
    gettext glob grp gzip heapq idlelib imaplib imghdr imp inspect io itertools json keyword lib2to3
    linecache locale lzma mailcap marshal math mimetypes mmap msilib msvcrt netrc nis nntplib nt ntpath
    nturl2path numbers opcode operator optparse os ossaudiodev pdb pickle pickletools pipes pkgutil
    platform plistlib poplib posix posixpath pprint profile pstats pty pwd py-compile pyclbr pydoc
    pydoc-data pyexpat queue quopri random re reprlib rlcompleter runpy sched select shelve shlex shutil
    signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre-compile sre-constants
    sre-parse stat string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny
    tarfile telnetlib tempfile termios textwrap this threading time timeit tkinter tokenize tomllib
    trace traceback tracemalloc tty turtle turtledemo types unicodedata urllib uu venv warnings weakref
    webbrowser winreg winsound xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo
  `
    .trim()
    .split(/\s+/),
);
