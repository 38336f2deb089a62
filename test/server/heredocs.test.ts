// Heredocs in every shape that BuildKit takes, and what of them is shell.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFacts } from '../../server/src/facts/file-facts.ts';
import { readOptions } from '../../server/src/facts/option-table.ts';
import { factOptions } from '../../server/src/facts/options.ts';
import { createScriptReader } from '../../server/src/facts/scripts.ts';
import { parseDockerfile, triggerOf } from '../../server/src/syntax/parse.ts';
import type { Instruction } from '../../server/src/syntax/tree.ts';
import { loadTestShellParser } from './linter.ts';
import { sliceOf } from './texts.ts';

const readScript = createScriptReader(await loadTestShellParser());

/** The heredocs of the first instruction, and the instructions behind it. */
function heredocsOf(text: string) {
  const { instructions, problems } = parseDockerfile(text);
  const [first, ...rest] = instructions;
  assert.ok(first);
  return {
    heredocs: first.node.heredocs.map((heredoc) => ({
      marker: sliceOf(text, first.at(heredoc)),
      body: sliceOf(text, first.at(heredoc.body)),
      name: heredoc.name,
      quoted: heredoc.quoted,
      chomp: heredoc.chomp,
      terminated: heredoc.terminated,
    })),
    first: sliceOf(text, first.span),
    rest: rest.map(({ span }) => sliceOf(text, span)),
    problems: problems.map(({ span }) => sliceOf(text, span)),
  };
}
const plain = { name: 'EOF', quoted: false, chomp: false, terminated: true };

describe('heredocs', () => {
  it('run to the line that holds only their name', () => {
    const { heredocs, first, rest } = heredocsOf('RUN <<EOF\n# no comment\nFROM x\n EOF\n\nEOF\nCMD a');
    assert.deepEqual(heredocs, [{ ...plain, marker: '<<EOF', body: '# no comment\nFROM x\n EOF\n\n' }]);
    assert.equal(first, 'RUN <<EOF\n# no comment\nFROM x\n EOF\n\nEOF');
    assert.deepEqual(rest, ['CMD a']);
  });

  it('with a dash may have tabs before their end, never blanks', () => {
    const { heredocs, rest } = heredocsOf('RUN <<-EOF\n\ta\n EOF\n\t\tEOF\nCMD a');
    assert.deepEqual(heredocs, [{ ...plain, chomp: true, marker: '<<-EOF', body: '\ta\n EOF\n' }]);
    assert.deepEqual(rest, ['CMD a']);
    assert.deepEqual(heredocsOf('RUN <<EOF\n\tEOF\nEOF\nCMD a').rest, ['CMD a']);
  });

  it('may be quoted', () => {
    for (const marker of [`<<'EOF'`, '<<"EOF"', `<<-'EOF'`]) {
      const { heredocs } = heredocsOf(`RUN ${marker}\n$x\nEOF`);
      assert.deepEqual([heredocs[0]?.name, heredocs[0]?.quoted, heredocs[0]?.body], ['EOF', true, '$x\n']);
    }
  });

  it('may be several, one after the other', () => {
    const { heredocs, rest } = heredocsOf('RUN a <<ONE && b <<TWO\n1\nTWO\nONE\n2\nTWO\nCMD c');
    assert.deepEqual(
      heredocs.map(({ name, body }) => [name, body]),
      [
        ['ONE', '1\nTWO\n'],
        ['TWO', '2\n'],
      ],
    );
    assert.deepEqual(rest, ['CMD c']);
  });

  it('may name a file descriptor', () => {
    const { heredocs, rest } = heredocsOf('RUN a 3<<EOF\nb\nEOF\nCMD c');
    assert.deepEqual(heredocs, [{ ...plain, marker: '3<<EOF', body: 'b\n' }]);
    assert.deepEqual(rest, ['CMD c']);
  });

  it('without an end take the rest of the file, and are a problem', () => {
    const { heredocs, first, rest, problems } = heredocsOf('RUN <<EOF\na\nCMD b\n\n');
    assert.deepEqual(heredocs, [{ ...plain, terminated: false, marker: '<<EOF', body: 'a\nCMD b' }]);
    assert.equal(first, 'RUN <<EOF\na\nCMD b');
    assert.deepEqual(rest, []);
    assert.deepEqual(problems, ['<<EOF']);
    assert.deepEqual(heredocsOf('RUN <<A <<B\n').problems, ['<<A', '<<B']);
  });

  it('are the sources of COPY and ADD', () => {
    const { instructions } = parseDockerfile('COPY <<a.txt <<"b" c /dst/\n1\na.txt\n2\nb\n');
    const node = instructions[0]?.node;
    assert.ok(node?.keyword === 'COPY');
    assert.deepEqual(
      [node.heredocs.map(({ name }) => name), node.sources.map(({ value }) => value)],
      [['a.txt', 'b'], ['c']],
    );
    assert.equal(node.destination?.value, '/dst/');
  });

  it('are found behind flags, continuations and ONBUILD', () => {
    const text = 'ONBUILD RUN --network=none \\\n  # why\n  <<EOF\na\nEOF\nCMD b';
    const { heredocs, rest } = heredocsOf(text);
    assert.deepEqual([heredocs[0]?.marker, heredocs[0]?.body, rest], ['<<EOF', 'a\n', ['CMD b']]);
    const trigger = triggerOf(parseDockerfile(text).instructions[0] as Instruction);
    assert.equal(trigger?.node.heredocs.length, 1);
  });

  it('may have CRLF line endings', () => {
    const { heredocs, rest } = heredocsOf('RUN <<EOF\r\na\r\nEOF\r\nCMD b\r\n');
    assert.deepEqual([heredocs[0]?.body, rest], ['a\r\n', ['CMD b']]);
  });

  it('are none in quotes, arithmetic, here-strings and other instructions', () => {
    for (const text of [
      `RUN echo "<<EOF"\nCMD a`,
      'RUN cat <<<EOF\nCMD a',
      'RUN echo $((1<<4))\nCMD a',
      'ENV A=<<EOF\nCMD a',
      'RUN a <<- EOF\nCMD a',
      'RUN a<<EOF\nCMD a',
      'RUN a <<""\nCMD a',
      "RUN echo it’s it's <<EOF\nCMD a",
      'RUN echo ${#x} <<EOF\nCMD a',
    ]) {
      assert.deepEqual(heredocsOf(text).heredocs, [], text);
      assert.deepEqual(heredocsOf(text).rest, ['CMD a'], text);
    }
  });
});

describe('the shell text of a RUN', () => {
  const shell = (text: string) => {
    const file = parseDockerfile(text);
    const run = file.instructions[0] as Instruction;
    const facts = createFacts(file, readScript);
    const found = facts.shellText(run);
    return {
      form: found?.form,
      interpreter: found?.interpreter,
      options: found?.interpreterOptions,
      names: facts.commands(run).map(({ name }) => name),
      spans: facts.commands(run).map((command) => sliceOf(text, run.at(command))),
    };
  };

  it('is the body of its only heredoc', () => {
    const { form, names, spans } = shell('RUN <<EOF\napt-get update\npip install x\nEOF');
    assert.deepEqual([form, names], ['heredoc', ['apt-get', 'pip']]);
    assert.deepEqual(spans, ['apt-get update', 'pip install x']);
  });

  it('is read by the shell that stands beside the marker or in the first line', () => {
    const beside = shell('RUN <<EOF bash -eo pipefail\na | b\nEOF');
    assert.deepEqual(
      [beside.interpreter, beside.options, beside.names],
      ['bash', ['-eo', 'pipefail'], ['a', 'b']],
    );
    assert.deepEqual(shell('RUN /bin/bash <<EOF\na\nEOF').names, ['a']);
    const shebang = shell('RUN <<EOF\n#!/usr/bin/env bash\na\nEOF');
    assert.deepEqual([shebang.interpreter, shebang.names], ['bash', ['a']]);
  });

  it('is nothing when another program reads the body', () => {
    assert.deepEqual(shell('RUN <<EOF\n#!/usr/bin/env python3\nimport os\nEOF').names, []);
    const python = shell('RUN python3 <<EOF\nimport os\nEOF');
    assert.deepEqual([python.form, python.names], ['shell', ['python3']]);
  });

  it('has a shebang at the very beginning of the body only, as BuildKit does', () => {
    assert.equal(shell('RUN <<EOF\n\n#!/usr/bin/env python3\na\nEOF').interpreter, undefined);
    assert.deepEqual(shell('RUN <<-EOF\n\t#!/bin/bash\n\ta\n\tEOF').names, ['a']);
    assert.deepEqual(shell("RUN <<'EOF'\n#!/bin/sh -e\na\nEOF").options, ['-e']);
  });

  it('has the commands of a body that a shell among its commands reads', () => {
    for (const [text, ...expected] of [
      ['RUN bash <<EOF && b\na\nEOF', 'bash', 'a', 'b'],
      ['RUN <<EOF bash && b\na\nEOF', 'bash', 'a', 'b'],
      ['RUN sudo -u app sh -s x <<EOF\na\nEOF', 'sh', 'a'],
      ['RUN bash 2>&1 <<EOF > log\na\nEOF', 'bash', 'a'],
      ['RUN b && <<EOF bash\na\nEOF', 'b', 'bash', 'a'],
      ['RUN cat <<ONE > x && bash <<TWO\na\nONE\nb\nTWO', 'cat', 'bash', 'b'],
      ['RUN bash x.sh <<EOF && b\na\nEOF', 'bash', 'b'],
      ['RUN bash -c "c" <<EOF && b\na\nEOF', 'bash', 'c', 'b'],
      ['RUN bash 3<<EOF && b\na\nEOF', 'bash', 'b'],
    ] as const) {
      const { names, spans } = shell(text);
      assert.deepEqual(names, expected, text);
      assert.ok(
        spans.every((span, i) => span.includes(expected[i] as string)),
        text,
      );
    }
  });

  it('has another view under the preset, that of hadolint', () => {
    const literal = (text: string) => {
      const file = parseDockerfile(text);
      const facts = createFacts(file, readScript, {
        ...readOptions(factOptions, {}),
        formsOfRun: false,
        seeThrough: false,
      });
      const run = file.instructions[0] as Instruction;
      const found = facts.commands(run);
      for (const { nameWord } of found) if (nameWord) assert.ok(sliceOf(text, run.at(nameWord)).length > 0);
      return found.map(({ name }) => name);
    };
    assert.deepEqual(literal('RUN cat <<EOF && b\na\nEOF'), ['cat']);
    assert.deepEqual(literal('RUN bash <<EOF\na\nEOF'), ['bash']);
    assert.deepEqual(literal('RUN <<EOF bash\na\nEOF'), ['bash', 'a']);
    assert.deepEqual(literal('RUN <<EOF\n#!/usr/bin/python3\ncd b\nEOF'), ['cd']);
    assert.deepEqual(literal('RUN ["sh", "-c", "a && b"]'), ['sh', 'b']);
  });

  it('leaves a body out that feeds one of its commands', () => {
    const { form, names } = shell('RUN cat <<EOF | sh && rm x\npip install y\nEOF');
    assert.deepEqual([form, names], ['shell', ['cat', 'sh', 'rm']]);
  });

  it('of an exec form is its one command', () => {
    const text = 'RUN ["/usr/bin/pip", "install", "x"]';
    const { form, names } = shell(text);
    assert.deepEqual([form, names], ['exec', ['pip']]);
  });

  it('of an exec form has the commands that it gives to a shell', () => {
    const text = String.raw`RUN ["bash", "-c", "pip install \"x y\" &&\n cd z"]`;
    const { names, spans } = shell(text);
    assert.deepEqual(names, ['bash', 'pip', 'cd']);
    assert.deepEqual(spans.slice(1), [String.raw`pip install \"x y\"`, 'cd z']);
  });
});
