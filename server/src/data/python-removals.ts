// Read on 2026-11-28.

/**
 * Names of the standard library by the minor release of Python 3 that is the last one with them. Source: Python documentation,
 * "What's New In Python", the sections "Removed" of 3.9 to 3.14; up to 3.13
 * `from module import name` was tried with each, and names were added that `dir()` of a later one has no more.
 */
export const pythonRemovals: readonly (readonly [last: number, names: readonly string[]])[] = (
  [
    [
      8,
      'fractions.gcd base64.encodestring base64.decodestring plistlib.readPlist plistlib.writePlist sys.setcheckinterval sys.getcheckinterval wave.openfp asyncio.Task.all_tasks asyncio.Task.current_task',
    ],
    [
      9,
      'parser symbol formatter collections.Mapping collections.MutableMapping collections.Sequence collections.MutableSequence collections.Set collections.MutableSet collections.Iterable collections.Iterator collections.Callable collections.Hashable collections.Sized collections.Container collections.Generator collections.Awaitable collections.Coroutine',
    ],
    [
      10,
      'binhex asyncio.coroutine inspect.getargspec inspect.formatargspec inspect.ArgSpec gettext.lgettext gettext.ldgettext gettext.lngettext gettext.ldngettext gettext.bind_textdomain_codeset',
    ],
    [
      11,
      'asynchat asyncore distutils imp smtpd configparser.SafeConfigParser ssl.wrap_socket ssl.match_hostname locale.format pkgutil.ImpImporter pkgutil.ImpLoader importlib.find_loader importlib.abc.Finder importlib.util.set_loader importlib.util.set_package importlib.util.module_for_loader ssl.RAND_pseudo_bytes sqlite3.enable_shared_cache sqlite3.OptimizedUnicode',
    ],
    [
      12,
      'aifc audioop cgi cgitb chunk crypt imghdr lib2to3 mailcap nis nntplib ossaudiodev pipes sndhdr spwd sunau telnetlib uu xdrlib locale.resetlocale tkinter.tix unittest.makeSuite unittest.findTestCases unittest.getTestCaseNames configparser.LegacyInterpolation re.template re.TEMPLATE logging.handlers.ST_DEV importlib.resources.Resource typing.io typing.re',
    ],
    [
      13,
      'ast.Num ast.Str ast.Bytes ast.NameConstant asyncio.get_child_watcher asyncio.set_child_watcher sqlite3.version urllib.request.URLopener urllib.request.FancyURLopener sqlite3.version_info pkgutil.find_loader pkgutil.get_loader importlib.abc.ResourceReader importlib.abc.Traversable importlib.abc.TraversableResources asyncio.AbstractChildWatcher asyncio.FastChildWatcher asyncio.MultiLoopChildWatcher asyncio.PidfdChildWatcher asyncio.SafeChildWatcher asyncio.ThreadedChildWatcher',
    ],
  ] as const
).map(([last, names]): [number, string[]] => [last, names.split(' ')]);

/** What took `loop=` up to Python 3.9 (Python documentation, "What's New In Python 3.10"). */
export const loopTakers =
  'sleep gather wait wait_for shield as_completed Lock Event Condition Semaphore BoundedSemaphore Queue'.split(
    ' ',
  );
