// Read on 2026-11-29.

/**
 * Packages that bring no other along, now or formerly, so that nothing which they do not bring by themselves lies in them. Source: the
 * metadata of their newest wheels on PyPI; of former releases as known.
 */
export const leafPackages: ReadonlySet<string> = new Set(
  `aiofiles appdirs astral attrs backcall backoff blinker bottle brotli cachetools cerberus chardet
  charset-normalizer chess colorama coverage cycler cython debugpy decorator defusedxml diskcache distlib
  dnspython docx2txt einops emoji entrypoints ephem executing filelock filetype frozenlist fuzzywuzzy graphviz
  greenlet html2text humanize iniconfig ipython-genutils itsdangerous jellyfish jupyterlab-widgets kiwisolver lxml
  lz4 mccabe mistune msgpack multidict mypy-extensions nest-asyncio numpy oauthlib orjson paho-mqtt pandocfilters
  parso passlib pathspec peewee pillow platformdirs ply pony prometheus-client psutil psycopg2-binary ptyprocess
  pure-eval pyasn1 pycodestyle pycparser pycryptodome pydub pyflakes pygame pygments pyodbc pymssql pymysql
  pyparsing pyperclip pyserial python-dotenv python-decouple python-magic pytube pytz pyyaml regex send2trash
  sentencepiece simplejson smmap sqlparse tabulate termcolor testpath text-unidecode threadpoolctl tinydb toml
  tomli tomlkit toolz tornado tzdata ujson unidecode urllib3 wcwidth webencodings websockets widgetsnbextension
  wrapt xlrd xlsxwriter xlwt zipp zstandard`.split(/\s+/),
);
