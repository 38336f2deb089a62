import type { SourceTexts } from '../../project/source-texts.ts';

const everywhere = '0.0.0.0';
/** Options that say where a server listens, and what opens it to other machines (documentation of each). */
const servers: Readonly<Record<string, readonly [says: RegExp, open: (port: number) => string[]]>> = {
  gunicorn: [/^(?:-b|--bind\b|-c$|--config\b)/, (port) => ['--bind', `${everywhere}:${port}`]],
  hypercorn: [/^(?:-b|--bind\b|-c$|--config\b)/, (port) => ['--bind', `${everywhere}:${port}`]],
  uvicorn: [/^--(?:host|uds|fd)\b/, () => ['--host', everywhere]],
  daphne: [/^(?:-b|--bind|-e|-u)/, () => ['-b', everywhere]],
};

/** The words of a server as the project has them, so that other machines reach it: by itself each listens on 127.0.0.1. */
export function openWords(words: readonly string[], port: number, texts: SourceTexts): readonly string[] {
  const [name = '', ...rest] = words;
  const known = Object.hasOwn(servers, name) ? servers[name] : undefined;
  if (known === undefined) return words;
  const [says, open] = known;
  const opened = rest.map((word, at) =>
    at === 0 || says.test(rest[at - 1] ?? '') || says.test(word)
      ? word.replace(/(?:127\.0\.0\.1|localhost)(?=:\d|$)/, everywhere)
      : word,
  );
  const hasFile = name === 'gunicorn' && /^bind\b/m.test(texts.get('gunicorn.conf.py') ?? '');
  const isTold = hasFile || rest.some((word) => says.test(word));
  const hasPort = name !== 'uvicorn' || rest.some((word) => word.startsWith('--port'));
  return [name, ...(isTold ? [] : open(port)), ...(hasPort ? [] : ['--port', `${port}`]), ...opened];
}
