// ShellCheck as the end of the second pass: which text it gets, and its findings back at their places.
// WHEELHOUSE_TEST_SHELLCHECK names the binary; without it the tests that need it are skipped.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { findShellcheck } from '../../server/src/adapters/shellcheck.ts';
import { type Configuration, defaultConfiguration } from '../../server/src/config/configuration.ts';
import { readHadolintYaml } from '../../server/src/config/hadolint-yaml.ts';
import { createFacts } from '../../server/src/facts/file-facts.ts';
import { readOptions } from '../../server/src/facts/option-table.ts';
import { factOptions } from '../../server/src/facts/options.ts';
import { createScriptReader } from '../../server/src/facts/scripts.ts';
import { shellcheckScripts } from '../../server/src/features/shellcheck.ts';
import type { Finding } from '../../server/src/lint/finding.ts';
import type { RunShellcheck } from '../../server/src/ports/ports.ts';
import { createService } from '../../server/src/service.ts';
import { parseDockerfile } from '../../server/src/syntax/parse.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import { loadTestShellParser } from './linter.ts';
import { sliceOf } from './texts.ts';

const binary = process.env.WHEELHOUSE_TEST_SHELLCHECK;
const skip = !binary && 'WHEELHOUSE_TEST_SHELLCHECK is not set';
const parseShell = await loadTestShellParser();
const readScript = createScriptReader(parseShell);
const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-shellcheck-'));
after(() => rmSync(folder, { recursive: true }));

const scriptsOf = (text: string) => shellcheckScripts(createFacts(parseDockerfile(text), readScript));
const textsOf = (text: string) => scriptsOf(text).map((script) => script.text);

function serviceOf(runShellcheck: RunShellcheck) {
  const ports = { readFile: async () => undefined, log: () => {}, runShellcheck };
  return createService({ ports, parseShell });
}

describe('the script of a RUN', () => {
  it('names the dialect that the RUN, SHELL or a comment says', () => {
    const dialects = (text: string) => textsOf(text).map((script) => /^#!\/bin\/(\w+)\n/.exec(script)?.[1]);
    assert.deepEqual(
      dialects(`FROM a AS one
RUN a
SHELL ["/usr/bin/bash", "-c"]
ENV X=1
RUN b
RUN <<EOF sh
c
EOF
RUN <<EOF
#!/bin/ksh
d
EOF
FROM one
RUN e
# hadolint shell=dash
RUN f
SHELL ["/bin/ash", "-eo", "pipefail", "-c"]
RUN g
`),
      ['sh', 'bash', 'sh', 'ksh', 'bash', 'dash', 'dash'],
    );
    assert.deepEqual(dialects('# hadolint shell=/bin/bash\nFROM a\nRUN b\nFROM c\nRUN d'), ['bash', 'bash']);
  });

  it('is none for other shells, programs and forms', () => {
    for (const text of [
      'FROM a\nSHELL ["pwsh", "-c"]\nRUN b',
      'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN b',
      'FROM a\nSHELL ["/bin/zsh", "-c"]\nRUN b',
      'FROM a\nRUN ["b"]',
      'FROM a\nRUN <<EOF\n#!/usr/bin/env python3\nb\nEOF',
      'FROM a\n# hadolint shell=powershell\nRUN b',
      'FROM a\nRUN \n',
    ]) {
      assert.deepEqual(textsOf(text), [], text);
    }
  });

  it('sets the variables that it uses and that are known', () => {
    const [first, second, third] = textsOf(
      'ARG G\nFROM a AS b\nENV A=1 B=2\nRUN $A $B $C $G $HTTP_PROXY\nFROM b\nARG D\nRUN $A $D\nONBUILD RUN $A $D\n',
    );
    assert.match(first ?? '', /\nexport A=1 B=1 HTTP_PROXY=1\n/);
    assert.match(second ?? '', /\nexport A=1 D=1\n/);
    assert.match(third ?? '', /\nexport A=1\n/);
  });

  it('has every variable under the preset, and of an ARG the first, as hadolint has', () => {
    const text = 'FROM a\nARG A=1 B=2\nENV C=1 D=2\nRUN rm $A $B $C\nENV E=1\n';
    const options = readOptions(factOptions, { shellcheckContext: false });
    const [script] = shellcheckScripts(createFacts(parseDockerfile(text), readScript, options));
    const exported = /\nexport (.*)\n/.exec(script?.text ?? '')?.[1]?.split(' ') ?? [];
    assert.deepEqual(
      exported.filter((name) => !/proxy/i.test(name)),
      ['A=1', 'C=1', 'D=1'],
    );
    assert.equal(exported.length, 3 + 8);
  });

  it('is the text as the shell gets it, each character at its place', () => {
    assert.deepEqual(textsOf('FROM a\nRUN --network=none b \\\n # c\n  d\n'), [
      `#!/bin/sh\nb${' '.repeat(8)}  d\n`,
    ]);
    assert.deepEqual(textsOf('FROM a\r\nRUN cat <<EOF > x && b\r\nc\r\nEOF\r\n'), [
      '#!/bin/sh\ncat <<EOF > x && b\nc\nEOF\n',
    ]);
    assert.deepEqual(textsOf('FROM a\nRUN <<EOF\n#!/bin/bash\nb\nEOF'), ['#!/bin/bash\n# /bin/bash\nb\n\n']);
  });
});

describe('runs', () => {
  it('are made once for each script, and stopped when nobody waits any more', async () => {
    const asked: string[] = [];
    const signals: (AbortSignal | undefined)[] = [];
    let answer: (value: readonly unknown[]) => void = () => {};
    const service = serviceOf((script, signal) => {
      asked.push(script);
      signals.push(signal);
      return new Promise((resolve) => {
        answer = resolve;
      });
    });
    const text = 'FROM a\nRUN b\n';
    const first = new AbortController();
    const second = new AbortController();
    const both = [first, second].map(({ signal }) => service.shellcheck(text, defaultConfiguration, signal));
    first.abort();
    assert.equal(signals[0]?.aborted, false);
    second.abort();
    assert.equal(signals[0]?.aborted, true);
    const third = service.shellcheck(text, defaultConfiguration);
    answer([{ line: 2, column: 1, endLine: 2, endColumn: 2, level: 'info', code: 2086, message: 'Quote.' }]);
    assert.deepEqual(
      (await third).map(({ code }) => code),
      ['SC2086'],
    );
    assert.equal(asked.length, 2);
    assert.equal((await service.shellcheck(`# c\n${text}`, defaultConfiguration)).length, 1, 'known');
    assert.equal(asked.length, 2);
    void both;
  });

  it('that fail are tried again, and what is not understood is left out', async () => {
    const answers: (readonly unknown[] | undefined)[] = [undefined, [{ code: 'x' }, null, 3]];
    const service = serviceOf(async () => answers.shift());
    for (let i = 0; i < 2; i++) {
      assert.deepEqual(await service.shellcheck('FROM a\nRUN b', defaultConfiguration), []);
    }
    assert.deepEqual(answers, []);
  });
});

describe('the program', () => {
  const write = (name: string, text: string) => {
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${text}`);
    chmodSync(file, 0o755);
    return file;
  };

  it('is none where there is none, where it is too old and where it is another', async () => {
    const said: string[] = [];
    const find = (program: string) => findShellcheck({ program, onFailure: (reason) => said.push(reason) });
    assert.equal(await find(path.join(folder, 'missing')), undefined);
    assert.equal(await find('./shellcheck'), undefined, 'no path of the working folder');
    assert.deepEqual(said, []);
    assert.equal(await find(write('old', 'echo "version: 0.6.0"')), undefined);
    assert.equal(await find(write('other', 'exit 3')), undefined);
    assert.match(said.join(' '), /old is version 0\.6\.0.*other is no ShellCheck/);
  });

  it('that fails gives no answer and says why; one that is stopped is killed', async () => {
    const said: string[] = [];
    const program = write(
      'slow',
      '[ "$1" = --version ] && { echo "version: 0.9.0"; exit; }\ngrep -q bad - && { echo no >&2; exit 2; }\nexec sleep 60',
    );
    const found = await findShellcheck({ program, onFailure: (reason) => said.push(reason) });
    assert.ok(found);
    assert.equal(await found.run('bad'), undefined);
    assert.deepEqual(said, ['ShellCheck failed: no (exit code 2)']);
    const stop = new AbortController();
    const begin = performance.now();
    const running = found.run('good', stop.signal);
    await sleep(100);
    stop.abort();
    assert.equal(await running, undefined);
    assert.ok(performance.now() - begin < 5_000);
    assert.equal(await found.run('good', AbortSignal.abort()), undefined);
    assert.equal(said.length, 1, 'a stop is no failure');
  });
});

describe('findings of the real ShellCheck', { skip }, async () => {
  const found = binary ? await findShellcheck({ program: binary }) : undefined;
  const together = binary ? await findShellcheck({ program: binary, batch: 50 }) : undefined;
  const service = serviceOf(found?.run ?? (async () => undefined));
  const check = (text: string, configuration: Configuration = defaultConfiguration) =>
    service.shellcheck(text, configuration);
  const places = (text: string, findings: readonly Finding[]) =>
    findings.map(({ code, span }) => `${code} ${sliceOf(text, span)}`);

  it('stand at the exact place, behind continuations, comments, tabs and wide characters', async () => {
    const text =
      'FROM a\nRUN echo "😀é" \\\n\t# why\n\t&& cat $X \\\n &&\tls `pwd`\r\nONBUILD RUN --mount=type=tmpfs,target=/x cd $Y\n';
    const findings = await check(text);
    assert.deepEqual(places(text, findings), [
      'SC2086 $X',
      'SC2006 `pwd`',
      'SC2046 `pwd`',
      'SC2164 cd $Y',
      'SC2086 $Y',
    ]);
    const [first] = findings;
    assert.deepEqual(
      [first?.severity, first?.page, first?.instruction],
      ['info', 'https://www.shellcheck.net/wiki/SC2086', 1],
    );
    assert.match(first?.message ?? '', /^Double quote/);
  });

  it('stand in heredocs, with either line ending', async () => {
    for (const newline of ['\n', '\r\n']) {
      const text = [
        'FROM a',
        'RUN <<-EOF bash',
        '\t#!/bin/sh',
        '\tcat $X',
        '\tcd x',
        'EOF',
        'CMD b',
        '',
      ].join(newline);
      assert.deepEqual(
        places(text, await check(text)),
        ['SC2086 $X', 'SC2164 cd x'],
        JSON.stringify(newline),
      );
      const fed = ['FROM a', 'RUN cat <<EOF > $X && cd x', '$lower', 'EOF', ''].join(newline);
      assert.deepEqual(places(fed, await check(fed)), ['SC2086 $X', 'SC2164 cd x', 'SC2154 $lower']);
    }
  });

  it('have its fix, which is never applied without a look', async () => {
    const text = 'FROM a\nRUN cat $X \\\n && ls `pwd`\n';
    const [quote, dollar] = await check(text);
    assert.deepEqual(
      quote?.fixes().map(({ safety }) => safety),
      ['unsafe'],
    );
    assert.equal(applyEdits(text, quote?.fixes()[0]?.edits ?? []), text.replace('$X', '"$X"'));
    assert.equal(applyEdits(text, dollar?.fixes()[0]?.edits ?? []), text.replace('`pwd`', '$(pwd)'));
  });

  it('heed ignore comments, levels and the name of the tool', async () => {
    const text = 'FROM a\nRUN cat $X\n# hadolint ignore=SC2086\nRUN cat $Y\nRUN cd /x\n';
    assert.deepEqual(places(text, await check(text)), ['SC2086 $X', 'SC2164 cd /x']);
    const yaml = (source: string) => check(text, readHadolintYaml(source).configuration);
    assert.deepEqual(places(text, await yaml('ignored: [SC2164]')), ['SC2086 $X']);
    assert.deepEqual(
      (await yaml('override: {error: [SC2086]}')).map(({ severity }) => severity),
      ['error', 'warning'],
    );
    assert.deepEqual(await yaml('ignored: [shellcheck]'), []);
  });

  it('are none of the preamble, of sourced files and of known variables', async () => {
    assert.deepEqual(
      await check('FROM a\nENV PATH=/x IFS=y lower=1\nRUN . /env && echo "$PATH" "$IFS" "$lower"\n'),
      [],
    );
    const text =
      'FROM a\nRUN <<EOF\n#!/bin/bash\nset -o pipefail\nEOF\nSHELL ["/bin/ash", "-c"]\nRUN set -o pipefail';
    assert.deepEqual(await check(text), []);
  });

  it('are the same for one process each and for many scripts together, and no file stays', async () => {
    const scripts = Array.from(
      { length: 120 },
      (_, i) => `#!/bin/sh\n${i % 3 === 0 ? 'cat $X' : `if ${i}`}\n`,
    );
    process.env.TMPDIR = mkdtempSync(path.join(folder, 'tmp-'));
    const codes = (all: readonly (readonly unknown[] | undefined)[]) =>
      all.map((comments) => comments?.map((comment) => (comment as { code: number }).code));
    const alone = await Promise.all(scripts.map((script) => found?.run(script)));
    const batches = await Promise.all(scripts.map((script) => together?.run(script)));
    assert.deepEqual(codes(batches), codes(alone));
    assert.deepEqual(codes(alone)[0], [2086]);
    assert.deepEqual(readdirSync(process.env.TMPDIR), []);
  });
});
