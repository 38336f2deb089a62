// Every snippet, expanded with its defaults, is a Dockerfile that parses and that nothing complains about: neither our
// rules nor, where WHEELHOUSE_TEST_HADOLINT names its binary, hadolint.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { DockerfileParser } from 'dockerfile-ast';
import { defaultConfiguration } from '../server/src/config/configuration.ts';
import { createService } from '../server/src/service.ts';
import { loadTestShellParser } from './server/linter.ts';

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly isFileTemplate?: boolean;
  readonly body: readonly string[];
}

const readJson = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const manifest = readJson('../package.json');
const contributed: { language: string; path: string }[] = manifest.contributes.snippets;
const snippets = contributed.flatMap(({ path }) =>
  Object.entries(readJson(`../${path}`) as Record<string, Snippet>),
);

/**
 * The text that Enter, Enter, Enter leaves behind: the default of each placeholder, the first of its choices. Throws at
 * what VS Code would take for a variable, such as a `$PATH` without its backslash.
 */
function expand(body: string, choose: (choices: string[]) => string = (choices) => choices[0] ?? ''): string {
  const values = new Map<string, string>();
  const element =
    /\\([\\$}])|\$\{(\d+)\|((?:\\.|[^|\\])*)\|\}|\$\{(\d+):((?:\\.|[^}\\])*)\}|\$(?:(\d+)|\{(\d+)\})|\$/g;
  const expandOnce = (text: string): string =>
    text.replace(element, (whole, escaped, choiceId, choices, id, fallback, plain, braced) => {
      if (escaped !== undefined) return escaped;
      if (choiceId !== undefined) {
        const options = choices
          .split(/(?<!\\),/)
          .map((choice: string) => choice.replace(/\\([,|\\])/g, '$1'));
        values.set(choiceId, choose(options));
        return values.get(choiceId) ?? '';
      }
      if (id !== undefined) {
        values.set(id, expandOnce(fallback));
        return values.get(id) ?? '';
      }
      const reference = plain ?? braced;
      if (reference === undefined) throw new Error(`a dollar sign without backslash in: ${text}`);
      if (reference !== '0' && !values.has(reference)) throw new Error(`${whole} comes before its default`);
      return values.get(reference) ?? '';
    });
  return expandOnce(body);
}

const textOf = ({ body }: Snippet) => body.join('\n');

/** A part of a Dockerfile is judged in the smallest Dockerfile around it. */
function inDockerfile(snippet: Snippet, text: string): string {
  if (snippet.isFileTemplate) return text;
  // As the descriptions of those with a mount for uv ask.
  return `FROM python:3.13-slim-trixie\nENV UV_LINK_MODE=copy\nWORKDIR /app\n${text}\nUSER 10001\n`;
}

const service = createService({
  ports: { readFile: async () => undefined, log: (_level, message) => assert.fail(message) },
  parseShell: await loadTestShellParser(),
});
const findingsOf = (text: string) =>
  service
    .lint(text, defaultConfiguration)
    .map(({ code, message, span }) => `${code} at "${text.slice(span.start, span.end)}": ${message}`);

const hadolint = process.env.WHEELHOUSE_TEST_HADOLINT;
// With CI=true a missing part is a failure, never a skip.
const withoutHadolint = process.env.CI !== 'true' && !hadolint && 'WHEELHOUSE_TEST_HADOLINT names no binary';

describe('snippets', () => {
  it('are contributed for Dockerfiles, each with a prefix of its own and a description', () => {
    assert.deepEqual(
      contributed.map(({ language }) => language),
      ['dockerfile'],
    );
    const prefixes = snippets.map(([, { prefix }]) => prefix);
    assert.deepEqual(prefixes, [...new Set(prefixes)]);
    for (const [name, { description }] of snippets) assert.match(description, /^[A-Z].*\.$/, name);
  });

  it('offer the images of an ML project as templates of a whole file', () => {
    const images = snippets
      .filter(([, { isFileTemplate }]) => isFileTemplate)
      .map(([, { prefix }]) => prefix);
    assert.deepEqual(images, ['wheel image', 'uv image', 'cuda image', 'service image']);
  });

  for (const [name, snippet] of snippets) {
    describe(name, () => {
      const text = inDockerfile(snippet, expand(textOf(snippet)));

      it('parses, every instruction known', () => {
        const dockerfile = DockerfileParser.parse(text);
        const known = /^(FROM|ARG|ENV|RUN|COPY|WORKDIR|USER|SHELL|EXPOSE|HEALTHCHECK|ENTRYPOINT|CMD)$/;
        for (const instruction of dockerfile.getInstructions()) {
          assert.match(instruction.getKeyword(), known, `line ${instruction.getRange().start.line + 1}`);
        }
      });

      it('has no finding', () => assert.deepEqual(findingsOf(text), []));

      it('has no finding with the last of its choices', () => {
        const last = inDockerfile(
          snippet,
          expand(textOf(snippet), (choices) => choices.at(-1) ?? ''),
        );
        assert.deepEqual(findingsOf(last), []);
      });

      it('is clean for hadolint', { skip: withoutHadolint }, () => {
        const { status, stdout, stderr, error } = spawnSync(hadolint ?? 'hadolint', ['--no-color', '-'], {
          input: text,
          encoding: 'utf8',
        });
        assert.deepEqual([stdout, stderr, status, error], ['', '', 0, undefined]);
      });
    });
  }

  it('are judged by rules that do find something', () => {
    assert.notDeepEqual(findingsOf('FROM debian\nRUN apt-get install curl\n'), []);
  });

  it('are expanded as VS Code does', () => {
    assert.equal(expand('a ${1:b} $1 ${2|c,d\\,e|} \\$PATH \\\\ $0'), 'a b b c $PATH \\ ');
    assert.equal(
      expand('${2|c,d\\,e|}', (choices) => choices.at(-1) ?? ''),
      'd,e',
    );
    assert.throws(() => expand('$PATH'), /without backslash/);
  });
});
