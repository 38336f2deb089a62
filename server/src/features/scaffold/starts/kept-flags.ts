import type { ProjectFacts } from '../project.ts';
import { isDevelopment } from './named-starts.ts';
import { saidStarts } from './said-starts.ts';
import type { Start } from './start.ts';

/**
 * What servers are told beside where they listen and what they serve (their documentation, "Settings"; FastAPI, "FastAPI CLI",
 * whose flags are Uvicorn's): a program behind a proxy depends on it.
 */
const kept: Readonly<Record<string, RegExp>> = {
  uvicorn:
    /^--(?:workers|forwarded-allow-ips|root-path|log-level|timeout-keep-alive|timeout-graceful-shutdown|limit-concurrency|limit-max-requests|ws|ws-max-size|http|loop|lifespan|h11-max-incomplete-event-size)$/,
  gunicorn:
    /^(?:-[wkt]|--(?:workers|worker-class|threads|timeout|graceful-timeout|keep-alive|forwarded-allow-ips|max-requests|max-requests-jitter|worker-connections|worker-tmp-dir|log-level|access-logfile|error-logfile))$/,
  hypercorn: /^(?:-[wk]|--(?:workers|worker-class|root-path|log-level|graceful-timeout|keep-alive))$/,
};
/** Those that have no value. */
const alone: Readonly<Record<string, RegExp>> = {
  uvicorn: /^--(?:no-)?(?:proxy-headers|access-log|server-header|date-header)$/,
  gunicorn: /^--preload$/,
};
const isAlike = (server: string, word: string) =>
  word === server || (server === 'uvicorn' && word === 'fastapi');

/** A server with the flags that the project itself starts it with. */
export function flagged(facts: ProjectFacts, start: Start, names: readonly string[]): Start {
  const [server = ''] = start.words;
  const [values, switches] = [kept[server], alone[server]];
  if (!start.service || values === undefined) return start;
  for (const line of saidStarts(facts)) {
    const words = line.trim().split(/\s+/);
    const isMeant = names.some((name) => line.includes(` ${name} `)) || words.includes('fastapi');
    const at = words.findIndex((word) => isAlike(server, word));
    if (at < 0 || !isMeant || isDevelopment(line)) continue;
    const flags = words.slice(at + 1).flatMap((word, place, rest) => {
      const [flag = '', joined] = word.split('=', 2);
      if (start.words.includes(flag)) return [];
      if (switches?.test(word)) return [word];
      const value = plain(joined ?? rest[place + 1] ?? '');
      return values.test(flag) && value !== undefined ? [flag, value] : [];
    });
    return flags.length === 0 ? start : { ...start, words: [...start.words, ...flags] };
  }
  return start;
}

/** A value as it stands there, or what it is where no variable says otherwise: `${WORKERS:-4}`. */
function plain(value: string): string | undefined {
  const said = /^\$\{\w+:?-([\w.*]+)\}$/.exec(value)?.[1] ?? value;
  return /^[\w.*:/][\w.*:/-]*$|^-$/.test(said) ? said : undefined;
}

/** A program with what the project gives it, where that is plain words; undefined where it is not. */
export function withGiven(start: Start, names: readonly string[], line: string): Start | undefined {
  if (start.service) return start;
  const name = names.find((one) => line.includes(` ${one} `));
  const given = name === undefined ? '' : (line.split(` ${name} `)[1] ?? '').trim();
  const words = given === '' ? [] : given.split(/\s+/);
  if (words.length === 0) return start;
  if (!words.every((word) => /^[\w.,:=@%+-][\w./,:=@%+-]*$/.test(word))) return undefined;
  const { help: _, ...rest } = start;
  return { ...rest, words: [...start.words, ...words] };
}
