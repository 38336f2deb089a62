// Facts and edits that the rules rest on, where their examples do not reach.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { osFamily, staysRoot } from '../../server/src/facts/base-images.ts';
import { countFlag, flagNames, hasFlag, plainWords } from '../../server/src/facts/command-flags.ts';
import { readDependencyInstall } from '../../server/src/facts/dependency-installs.ts';
import { createFacts } from '../../server/src/facts/file-facts.ts';
import { readImageUses } from '../../server/src/facts/image-uses.ts';
import { joinPath, pathBelow, workdirAt } from '../../server/src/facts/paths.ts';
import { readPipInstall, readPipTargets } from '../../server/src/facts/pip.ts';
import { removesFolder } from '../../server/src/facts/removals.ts';
import { variablesAt } from '../../server/src/facts/scope.ts';
import { createScriptReader } from '../../server/src/facts/scripts.ts';
import { shellOf } from '../../server/src/facts/shells.ts';
import type { Stage } from '../../server/src/facts/stages.ts';
import { fixAll, safeFix } from '../../server/src/lint/fix.ts';
import { rules } from '../../server/src/rules/index.ts';
import { parseDockerfile } from '../../server/src/syntax/parse.ts';
import { applyEdits, insertLineAbove, likeKeyword, removeLines } from '../../server/src/text/edit.ts';
import { appendToChain, type ChainStyle } from '../../server/src/text/shell-chain.ts';
import { createTestLinter, loadTestShellParser } from './linter.ts';

const readScript = createScriptReader(await loadTestShellParser());
const factsOf = (text: string) => createFacts(parseDockerfile(text), readScript);
const lastStage = (text: string) => factsOf(text).finalStage as Stage;
const command = (line: string) => {
  const facts = factsOf(`FROM x\nRUN ${line}`);
  const [first] = facts.file.instructions.flatMap((it) => facts.commands(it));
  assert.ok(first);
  return first;
};

describe('edits of lines', () => {
  it('inserts a line with the indentation and the line ending of the file', () => {
    const text = 'FROM x\r\n  RUN y\r\n';
    const edit = insertLineAbove(text, text.indexOf('RUN'), 'USER z');
    assert.equal(applyEdits(text, [edit]), 'FROM x\r\n  USER z\r\n  RUN y\r\n');
    assert.equal(applyEdits('FROM x', [insertLineAbove('FROM x', 0, 'ARG y')]), 'ARG y\nFROM x');
  });
  it('removes whole lines, the last one without a line ending too', () => {
    const text = 'a\r\n  b \\\r\n c\r\nd';
    const span = { start: text.indexOf('b'), end: text.indexOf('c') + 1 };
    assert.equal(applyEdits(text, [removeLines(text, span)]), 'a\r\nd');
    assert.equal(applyEdits('a\nb', [removeLines('a\nb', { start: 2, end: 3 })]), 'a\n');
    assert.equal(applyEdits('a\nb', [removeLines('a\nb', { start: 0, end: 1 })]), 'b');
  });
  it('writes keywords like those beside them', () => {
    assert.deepEqual(
      ['RUN', 'run', 'Run'].map((sample) => likeKeyword('SHELL', sample)),
      ['SHELL', 'shell', 'SHELL'],
    );
  });
  it('appends to a chain in the style of its lines', () => {
    const append = (chain: string, over: Partial<ChainStyle> = {}) => {
      const style = { escape: '\\', stopsOnError: false, ...over };
      return applyEdits(chain, [appendToChain(chain, { start: 0, end: chain.length }, 'z', style)]);
    };
    assert.equal(append('a && b'), 'a && b && z');
    assert.equal(append('a \\\n && b\n'), 'a \\\n && b \\\n && z\n');
    assert.equal(append('a && \\\r\n   b \\\r\n     c'), 'a && \\\r\n   b \\\r\n     c && \\\r\n   z');
    assert.equal(append('a `\n  && b', { escape: '`' }), 'a `\n  && b `\n  && z');
    assert.equal(append('a b \\\n  c'), 'a b \\\n  c \\\n && z');
    const stopsOnError = true;
    assert.equal(append('set -e; \\\n\ta; \\\n\tb', { stopsOnError }), 'set -e; \\\n\ta; \\\n\tb; \\\n\tz');
    assert.equal(append('set -e; a; b', { stopsOnError }), 'set -e; a; b && z');
    assert.equal(append('a\r\n  b\r\n', { escape: undefined }), 'a\r\n  b && z\r\n');
    assert.equal(append('set -e\n  a\n', { escape: undefined, stopsOnError }), 'set -e\n  a\n  z\n');
  });
});

describe('variables of a stage', () => {
  it('come from the stages below; ENV wins, and a bare ARG takes the global default', () => {
    const text = 'ARG G=g\nFROM x AS a\nARG G\nARG B=1\nENV B=2 C=$B\nFROM a\nARG D=$C-$G\nENV B=3';
    const facts = factsOf(text);
    const stage = facts.finalStage as Stage;
    const all = Object.fromEntries(variablesAt(facts.file, stage));
    assert.deepEqual(all, { G: 'g', B: '3', C: '1', D: '1-g' });
    const last = facts.file.instructions.at(-1);
    assert.equal(variablesAt(facts.file, stage, last).get('B'), '2');
  });
});

describe('paths', () => {
  it('knows the folder an instruction works in', () => {
    const at = (text: string) => {
      const facts = factsOf(`${text}\nRUN y`);
      const run = facts.file.instructions.at(-1);
      assert.ok(run);
      return workdirAt(facts.file, facts.finalStage as Stage, run);
    };
    assert.equal(at('FROM x'), '.');
    assert.equal(at('FROM x AS a\nWORKDIR /a//b/\nFROM a'), '/a/b');
    assert.equal(at('FROM x\nARG P=/p\nWORKDIR $P'), '/p');
    assert.equal(at('FROM x\nARG P\nWORKDIR $P'), undefined);
    assert.equal(at('FROM x\nWORKDIR a'), undefined);
  });
  it('joins and parts', () => {
    assert.equal(joinPath('.', './a//b'), './a/b');
    assert.equal(joinPath('/x/', '.'), '/x');
    assert.equal(joinPath('/x', '/y/'), '/y');
    assert.equal(pathBelow('/x', '/x/a/b'), 'a/b');
    assert.equal(pathBelow('/', '/a'), 'a');
    assert.equal(pathBelow('./', './a'), 'a');
    assert.equal(pathBelow('/x', '/xy'), undefined);
  });
});

describe('shells', () => {
  const shell = (text: string) => {
    const facts = factsOf(text);
    const run = facts.file.instructions.findLast(({ node }) => node.keyword === 'RUN');
    assert.ok(run);
    const { program, options, named } = shellOf(facts, run);
    return [program, options.join(' '), named];
  };
  it('are found in SHELL, in the RUN itself and by the base', () => {
    assert.deepEqual(shell('FROM x\nRUN a'), ['sh', '', false]);
    assert.deepEqual(shell('FROM mcr.microsoft.com/windows/nanoserver:1\nRUN a'), ['cmd', '', false]);
    assert.deepEqual(shell('FROM x\nSHELL ["C:\\\\ps\\\\PowerShell.exe", "-Command"]\nRUN a'), [
      ...['powershell', '-Command'],
      false,
    ]);
    assert.deepEqual(shell('FROM x\nSHELL ["conda", "run", "-n", "a", "/bin/bash", "-c"]\nRUN a'), [
      ...['bash', '-c'],
      false,
    ]);
    assert.deepEqual(shell('FROM x\nRUN <<EOF bash -ex\na\nEOF'), ['bash', '-ex', true]);
    assert.deepEqual(shell('FROM x\nRUN <<EOF\n#!/usr/bin/env -S bash -eu\na\nEOF'), ['bash', '-eu', true]);
  });
});

describe('flags of a command', () => {
  it('are read one letter at a time, or as a word', () => {
    assert.deepEqual(['-yq', '--yes=1', '-q=2', '-', '--', 'y'].map(flagNames), [
      ['y', 'q'],
      ['yes'],
      ['q'],
      [],
      [],
      [],
    ]);
    assert.ok(hasFlag(command('apk add -Uq x'), ['q']));
    assert.equal(countFlag(command('apt-get -q install -qy x'), ['q']), 2);
  });
  it('may take the next word', () => {
    const words = (line: string) => plainWords(command(line), ['t', 'virtual']).map(({ value }) => value);
    assert.deepEqual(words('apk -t .a add --virtual=.b b -qt .c c - --'), ['add', 'b', 'c', '-', '--']);
  });
});

describe('removals', () => {
  const removes = (line: string) => removesFolder(command(line), '/var/lib/apt/lists');
  it('are of the folder, of one above it or of what is in it', () => {
    for (const path of [
      '/var/lib/apt/lists',
      '/var/lib/apt/lists/*',
      '/var/lib/apt/',
      '/var/lib/{apt,dpkg}/*',
    ]) {
      assert.ok(removes(`rm -fr ${path}`), path);
    }
    assert.ok(removes('find /var/lib/apt/lists -type f -delete'));
    assert.ok(removes('rm -rf "$LISTS"'), 'a variable may hold the folder');
  });
  it('are none where another folder goes', () => {
    for (const path of [
      '/var',
      '/var/cache/apt/*',
      '/tmp/*',
      '/var/lib/apt-get/lists',
      'x',
      '/{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a',
    ]) {
      assert.ok(!removes(`rm -rf ${path}`), path);
    }
    assert.ok(!removes('ls /var/lib/apt/lists'));
  });
});

describe('pip', () => {
  const targets = (line: string) => {
    const install = readPipInstall(command(line));
    assert.ok(install);
    const { packages, ...files } = readPipTargets(install.args);
    return { packages: packages.map(({ value }) => value), ...files };
  };
  it('sorts packages from flags and their values', () => {
    const none = { packages: [], requirementFiles: [], constraintFiles: [], editables: [] };
    assert.deepEqual(targets('pip install -Ur a.txt --requirement=b.txt -rc.txt'), {
      ...none,
      requirementFiles: ['a.txt', 'c.txt', 'b.txt'],
    });
    assert.deepEqual(targets('pip --no-cache-dir install -q --timeout 100 -c c.txt "a[b]>=1" -e .[x] d'), {
      ...none,
      packages: ['a[b]>=1', 'd'],
      constraintFiles: ['c.txt'],
      editables: ['.[x]'],
    });
    assert.deepEqual(targets('python -m pip install --index-url https://x/simple -f y --pre z').packages, [
      'z',
    ]);
  });
  it('knows installs from manifests', () => {
    const tool = (line: string) => {
      const install = readDependencyInstall(command(line));
      return install && [install.tool, install.files.join(' '), install.withProject];
    };
    assert.deepEqual(tool('pip install -r a.txt -e .'), ['pip', 'a.txt', true]);
    assert.deepEqual(tool('uv pip install --system -r a.txt'), ['pip', 'a.txt', false]);
    assert.deepEqual(tool('uv pip sync a.txt'), ['pip', 'a.txt', false]);
    assert.deepEqual(tool('uv sync --locked'), ['uv', '', false]);
    assert.deepEqual(tool('poetry install --no-root'), ['poetry', '', false]);
    assert.deepEqual(tool('micromamba install -y -f env.yml'), ['conda', 'env.yml', false]);
    assert.deepEqual(tool('conda env create --file=env.yml'), ['conda', 'env.yml', false]);
    for (const line of ['pip install a', 'uv pip install a', 'conda install a', 'poetry run x', 'uv run x']) {
      assert.equal(tool(line), undefined, line);
    }
  });
});

describe('images', () => {
  it('are found in COPY --from and RUN --mount', () => {
    const { node } = factsOf('FROM x\nRUN --mount=type=bind,from=a/b:1,source=/c,target=/d ls').file
      .instructions[1] as { node: Parameters<typeof readImageUses>[0] };
    const [use] = readImageUses(node);
    assert.equal(use && node.text.slice(use.from, use.to), 'a/b:1');
  });
  it('have an operating system and a user, as far as the name tells', () => {
    const known = (image: string) => {
      const stage = lastStage(`FROM ${image}`);
      return [osFamily(stage), staysRoot(stage)];
    };
    assert.deepEqual(known('python:3.12-slim'), ['debian', true]);
    assert.deepEqual(known('registry.example.org/mirror/library/python:3.12-alpine'), ['alpine', true]);
    assert.deepEqual(known('nvidia/cuda:12.9.1-base-ubi9'), ['redhat', true]);
    assert.deepEqual(known('registry.access.redhat.com/ubi9/python-312'), ['redhat', false]);
    assert.deepEqual(known('gcr.io/distroless/python3-debian12:nonroot'), ['none', false]);
    assert.deepEqual(known('team/base:1'), [undefined, false]);
    assert.deepEqual(known('scratch'), ['none', false]);
  });
});

describe('rules with options and fixes that depend on the rest of the file', async () => {
  const lint = await createTestLinter();
  const only = (code: string, text: string, options = {}) =>
    lint(
      text,
      rules.filter((rule) => rule.code === code),
      {
        ...defaultConfiguration,
        options: new Map([[code, options]]),
      },
    );
  it('DL3002 reports every stage on request, save those that others build on', () => {
    const text = 'FROM a AS x\nUSER root\nFROM x AS y\nRUN y\nFROM b AS z\nUSER 0\nFROM c\nUSER 1';
    const found = (everyStage: boolean) =>
      only('DL3002', text, { everyStage }).map(({ span }) => text.slice(span.start, span.end));
    assert.deepEqual(found(false), []);
    assert.deepEqual(found(true), ['root', '0']);
  });
  it('DL3009 removes the lists unasked only where nothing later may want them', () => {
    const isSafe = (later: string) => {
      const text = `FROM a AS x\nRUN apt-get update && apt-get install -y b\n${later}`;
      const [finding] = only('DL3009', text);
      assert.ok(finding);
      return safeFix(finding) !== undefined;
    };
    for (const later of [
      '',
      'RUN pip install c',
      'RUN apt-get update && apt-get install -y c',
      'FROM x\nRUN make',
    ]) {
      assert.equal(isSafe(later), true, later);
    }
    for (const later of [
      ...['RUN apt-get install -y c', 'FROM x\nRUN apt install -y c', 'RUN ./setup', 'RUN bash setup.sh'],
      ...['RUN curl https://x | sh', 'RUN cat list | xargs apt-get install -y', 'RUN python3 setup.py'],
    ]) {
      assert.equal(isSafe(later), false, later);
    }
  });
  it('DL3009 offers no fix where a later RUN surely needs the lists', () => {
    const [finding] = only('DL3009', 'FROM a AS x\nRUN apt-get update\nFROM x\nRUN apt-get install -y b');
    assert.deepEqual(finding?.fixes(), []);
  });
  it('DL3009 keeps CRLF inside a heredoc', () => {
    const text = 'FROM a\r\nRUN <<EOF\r\napt-get update && \\\r\n  apt-get install -y b\r\nEOF\r\n';
    const mended = fixAll(text, (current) => only('DL3009', current));
    assert.equal(
      mended,
      'FROM a\r\nRUN <<EOF\r\napt-get update && \\\r\n  apt-get install -y b && \\\r\n  rm -rf /var/lib/apt/lists/*\r\nEOF\r\n',
    );
  });
});
