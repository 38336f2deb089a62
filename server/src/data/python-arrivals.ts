// Read on 2026-11-28.

/**
 * Names of the standard library by the minor release of Python 3 that brought them, the newest first: those of modules that programs
 * import. Source: `dir()` of each public module under CPython 3.8 to 3.13 on Debian, of which those stand here that a program takes
 * (no constants of the system, nothing that a module imports for itself), and `from module import name`, which every release from
 * that one on was seen to do and none before; for 3.14 the stubs of typeshed in mypy 2.4.1 that are told for no release before it.
 */
export const pythonArrivals: readonly (readonly [first: number, names: readonly string[]])[] = (
  [
    [
      14,
      'annotationlib compression concurrent.futures.InterpreterPoolExecutor concurrent.interpreters fnmatch.filterfalse functools.Placeholder heapq.heapify_max heapq.heappop_max heapq.heappush_max heapq.heapreplace_max http.server.HTTPSServer inspect.ispackage io.Reader io.Writer operator.is_none operator.is_not_none os.reload_environ pathlib.types string.templatelib sys.remote_exec typing.evaluate_forward_ref uuid.MAX uuid.NIL uuid.uuid6 uuid.uuid7 uuid.uuid8 zipfile.ZIP_ZSTANDARD',
    ],
    [
      13,
      'asyncio.QueueShutDown base64.z85decode base64.z85encode configparser.UNNAMED_SECTION copy.replace enum.EnumDict glob.translate math.fma mimetypes.guess_file_type pathlib.UnsupportedOperation queue.ShutDown re.PatternError statistics.kde statistics.kde_random types.CapsuleType typing.NoDefault typing.ReadOnly typing.TypeIs typing.get_protocol_members typing.is_protocol unittest.mock.ThreadingMock warnings.deprecated',
    ],
    [
      12,
      'asyncio.create_eager_task_factory asyncio.eager_task_factory calendar.APRIL calendar.Day calendar.JUNE calendar.Month collections.abc.Buffer csv.QUOTE_NOTNULL csv.QUOTE_STRINGS inspect.markcoroutinefunction itertools.batched logging.getHandlerByName logging.getHandlerNames math.sumprod random.binomialvariate sys.monitoring threading.setprofile_all_threads threading.settrace_all_threads types.get_original_bases typing.TypeAliasType typing.override',
    ],
    [
      11,
      'asyncio.Barrier asyncio.Runner asyncio.TaskGroup asyncio.Timeout asyncio.timeout asyncio.timeout_at contextlib.chdir datetime.UTC enum.CONFORM enum.EJECT enum.EnumCheck enum.EnumType enum.FlagBoundary enum.KEEP enum.ReprEnum enum.STRICT enum.StrEnum enum.UNIQUE enum.global_enum enum.member enum.nonmember enum.property enum.verify hashlib.file_digest http.HTTPMethod inspect.getmembers_static locale.getencoding logging.getLevelNamesMapping math.cbrt math.exp2 operator.call re.NOFLAG sqlite3.Blob sys.exception tomllib typing.LiteralString typing.Never typing.NotRequired typing.Required typing.Self typing.TypeVarTuple typing.Unpack typing.assert_never typing.assert_type typing.dataclass_transform typing.get_overloads typing.reveal_type wsgiref.types',
    ],
    [
      10,
      'abc.update_abstractmethods contextlib.aclosing dataclasses.KW_ONLY importlib.metadata.packages_distributions inspect.get_annotations itertools.pairwise os.eventfd os.splice platform.freedesktop_os_release statistics.correlation statistics.covariance statistics.linear_regression sys.orig_argv sys.stdlib_module_names types.EllipsisType types.NoneType types.NotImplementedType types.UnionType typing.Concatenate typing.ParamSpec typing.ParamSpecArgs typing.ParamSpecKwargs typing.TypeAlias typing.TypeGuard typing.is_typeddict',
    ],
    [
      9,
      'argparse.BooleanOptionalAction ast.unparse asyncio.to_thread functools.cache graphlib importlib.resources.as_file importlib.resources.files keyword.issoftkeyword math.lcm math.nextafter math.ulp os.pidfd_open os.waitstatus_to_exitcode pkgutil.resolve_name random.randbytes socket.recv_fds socket.send_fds types.GenericAlias typing.Annotated xml.etree.ElementTree.indent zoneinfo',
    ],
  ] as const
).map(([first, names]): [number, string[]] => [first, names.split(' ')]);
