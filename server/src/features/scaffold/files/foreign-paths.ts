import { neededSettings } from '../django/django.ts';
import type { ProjectFacts } from '../project.ts';
import { placeIn } from '../sources/path-values.ts';
import type { Program } from '../sources/program.ts';
import { neededFiles, programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';
import { givenPaths, takesGiven } from './given-paths.ts';
import { homeNotes } from './home-folders.ts';

/** A path in quotes from the root of a machine. */
const path = /["'](\/[\w.-]+\/[\w./-]*|\/(?:home|Users)\/[^"'\n]{0,200}|[A-Za-z]:[\\/][^"'\n]*)["']/;
/** Of one person's machine; `/media/` alone is the address of files (Django documentation, `MEDIA_URL`). */
const ofOne = /^(?:\/home\/|\/Users\/|\/media\/\w|\/mnt\/[a-z]\/|[A-Za-z]:[\\/])/;
/** The address of a web page, and no path. */
const isAddress = (line: string) =>
  /url|uri|route|endpoint|prefix/i.test(/^\s*(\w+)\s*=/.exec(line)?.[1] ?? '');
/** A value that a function takes where it is given none. */
const isDefault = /^\s*def \w+\([^()]*=\s*r?["'](?:\/|[A-Za-z]:)/;
const opens =
  /\b(?:open|connect|\w*FileHandler|makedirs|mkdir|listdir|glob|load\w*|read_\w+|imread|to_csv|savefig|save\w*|dump)\([^()]*["'](?:\/|[A-Za-z]:)|^\s*[A-Za-z_]\w*\s*(?::\s*\w+\s*)?=\s*\(?(?:[\w.]*Path\()?[rf]{0,2}["'](?:\/|[A-Za-z]:)/;
/** Every image has these. */
const usual = /^\/(?:tmp|dev|proc|sys|etc|usr|bin|opt|app)\//;

/** A name that is given what stands on the next line. */
const begins = /^[A-Za-z_]\w* ?(?::[^=]*)?= ?\($/;

/** Where uploads and files for others go, which is asked for when one comes (Django documentation, `MEDIA_ROOT`). */
const isForLater = /^\s*(?:\w+_)?(?:MEDIA|STATIC|UPLOADS?)_?(?:ROOT|FOLDER|DIR|PATH)\b/i;

function opened(facts: ProjectFacts, start: Start) {
  // What is imported below a condition, as settings of another machine are, may never be read.
  const needed = new Set([...neededFiles(facts, start), ...neededSettings(facts, start.file)]);
  return programsOfStart(facts, start).flatMap(({ path: by, text }, at) =>
    /\bos\.name\b|\bplatform\b/.test(text)
      ? []
      : text.split('\n').flatMap((alone, index, lines) => {
          const before = lines[index - 1] ?? '';
          const isContinued = begins.test(before) && /^\s+[rf]?["']/.test(alone);
          const line = isContinued ? `${before}${alone.trim()}` : alone;
          const found =
            (opens.test(line) || isDefault.test(line)) &&
            !isAddress(line) &&
            !/^\s*#|\bdefault\b|environ|getenv/.test(line)
              ? path.exec(line)?.[1]
              : undefined;
          if (found === undefined) return [];
          const isCall = /\w\(/.test(line.split(found)[0] ?? '');
          const isAtTop = /^\S/.test(line);
          // What is put together may lie anywhere, unless it is opened at once.
          const isSure = /[{}%]/.test(found)
            ? isAtTop && isCall && !/\bPath\(/.test(line)
            : !isForLater.test(line) && (at === 0 || (isAtTop && needed.has(by)) || isDefault.test(line));
          return [{ by, found, isSure, isCall }];
        }),
  );
}

/** Why a program finds its files on one machine alone, in a sentence. */
export function foreignPathFault(facts: ProjectFacts, start: Start): string | undefined {
  const one = opened(facts, start).find(({ found, isSure }) => isSure && ofOne.test(found));
  return (
    one &&
    `${one.by} names ${one.found}, which lies on one machine alone: name it by a path below the project, then add the files again.`
  );
}

/** What stands between quotes, behind the sign of a text that is taken as it is. */
const quoted = /(r?)(?:"([^"\n]*)"|'([^'\n]*)')/gi;
/** A backslash that begins a sign of its own (Python documentation, "String and Bytes literals"). */
const escapes = /(?<!\\)\\[abfnrtvxuUN0-7]/;
const isFile = /\.(?:csv|db|sqlite3?|json|txt|pkl|joblib|h5|keras|pth?|xlsx?|png|jpe?g)$/i;

/** Why a program whose paths only Windows takes apart finds no file, in a sentence. */
export function windowsPathFault(facts: ProjectFacts, start: Start): string | undefined {
  const found = programsOfStart(facts, start).flatMap(({ path: by, text }, at) =>
    /\bos\.name\b|\bplatform\b/.test(text)
      ? []
      : text
          .split('\n')
          .flatMap((line) =>
            /^\s*#|\bre\.|\bprint\(|replace\(/.test(line) || (at > 0 && !/^\S/.test(line))
              ? []
              : [...line.matchAll(quoted)]
                  .map(([, raw, double, single]) => ({ by, raw, literal: double ?? single ?? '' }))
                  .filter(({ raw, literal }) => isWindows(literal) && (raw !== '' || !escapes.test(literal))),
          ),
  )[0];
  return (
    found &&
    `${found.by} names ${found.literal}, which Windows alone reads as a path: write / in it, then add the files again.`
  );
}

function isWindows(literal: string): boolean {
  const parts = literal.replaceAll('\\\\', '\\').split('\\');
  const [first = '', ...rest] = parts;
  return (
    rest.length > 0 &&
    isFile.test(literal) &&
    /^[\w .-]*$/.test(first) &&
    rest.every((part) => /^[\w -][\w .-]*$/.test(part))
  );
}

/** So many places are told. */
const most = 8;

/** What a program keeps its settings in, in a folder that no image of Python has below `/etc` (`ls`, Debian 12). */
const ofSettings =
  /^\/etc\/(?!(?:alternatives|apt|ca-certificates|cron|default|dpkg|fonts|gss|init|iproute2|kernel|ld|logrotate|mysql|pam|perl|profile|rc|security|selinux|skel|ssh|ssl|sysctl|systemd|terminfo|update|vulkan|xattr|xdg|X11)[\w.-]*\/)[\w.-]+\/[\w./-]*[\w-]$/;

/** Where a program writes or reads outside of the folder that it can write, a line for each. */
export function foreignPathNotes(facts: ProjectFacts, start: Start): string[] {
  const found = opened(facts, start).flatMap(({ by, found: one, isCall }) => {
    if (ofOne.test(one))
      return `${one}, which ${by} names, lies on one machine alone: what needs it fails in a container.`;
    if (!isCall) return [];
    if (ofSettings.test(one)) return `${one}, which ${by} opens, is mounted, as the image does not hold it.`;
    return usual.test(one) ? [] : `${one} of ${by} is mounted where user 10001 may write.`;
  });
  return [
    ...new Set([...found, ...aboveNotes(facts, start), ...homeNotes(programsOfStart(facts, start))]),
  ].slice(0, most);
}

/** A path that leads out of the folder in which a program is started. */
const above = /["']\.\.\/[\w./-]+["']/;

/** Whether it does so from the folder that a program is started in, or from what it is put behind, as far as that is known. */
function leadsOut(
  line: string,
  literal: string,
  by: string,
  programs: readonly Program[],
  depth: number,
): boolean {
  const before = line.slice(0, Math.max(line.indexOf(literal) - 1, 0)).trimEnd();
  // What `path` of django-environ and `joinpath` go on from is known where it is set, if at all.
  if (/\w\.(?:path|joinpath)\($/.test(before)) return false;
  if (!/[\w)\]] ?[/+]$|\bjoin\([^()"']*,$/.test(before)) return literal.split('../').length - 1 > depth;
  return placeIn(line, literal, by, programs)?.path.startsWith('../') ?? false;
}

/** What functions of modules make above the folder that the program is started in, a line for each: they may never be called. */
function aboveNotes(facts: ProjectFacts, start: Start): string[] {
  const depth = start.folder?.split('/').length ?? 0;
  const programs = programsOfStart(facts, start);
  return programs.slice(1).flatMap(({ path: by, text }) =>
    text.split('\n').flatMap((line) => {
      const literal = above.exec(line)?.[0].slice(1, -1);
      const isMade = literal !== undefined && /^\s/.test(line) && /\b(?:makedirs|mkdir)\(/.test(line);
      return isMade && leadsOut(line, literal, by, programs, depth)
        ? [
            `${by} makes ${literal}, which lies above the project, where user 10001 may write nothing: that fails when it is called.`,
          ]
        : [];
    }),
  );
}

/** Why a program that goes above its folder finds nothing there, in a sentence. */
export function outsideFault(facts: ProjectFacts, start: Start): string | undefined {
  const given = givenPaths(facts);
  const depth = start.folder?.split('/').length ?? 0;
  const programs = programsOfStart(facts, start);
  const found = programs.flatMap(({ path: by, text }, at) =>
    text.split('\n').flatMap((line) => {
      const literal = above.exec(line)?.[0].slice(1, -1);
      // Where the file itself lies, which Flask's folders begin at too, and what is the default of an option, is not where it is
      // started.
      const isRead =
        literal !== undefined &&
        !takesGiven(line, given) &&
        !/^\s*#|__file__|\bdirname\b|\bsys\.path\b|\b(?:template|static)_folder\b|\badd_argument\b|\bdefault\b|\bOption\(|https?:|\bhref\b/.test(
          line,
        );
      return isRead && leadsOut(line, literal, by, programs, depth) && (at === 0 || /^\S/.test(line))
        ? [{ by, literal }]
        : [];
    }),
  )[0];
  return (
    found &&
    `${found.by} names ${found.literal}, which lies outside of this folder, where the image has no files and its user can write none: take a path below the project, then add the files again.`
  );
}
