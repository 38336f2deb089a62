// The Dockerfile tree by hand: instructions, continuations, comments, directives, words, pairs and image references.
// Heredocs and the properties of any text are in heredocs.test.ts and tree-properties.test.ts.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseImageReference } from '../../server/src/syntax/image-reference.ts';
import { parseDockerfile, triggerOf } from '../../server/src/syntax/parse.ts';
import type { Instruction, KeyValues, Keyword, NodeOf } from '../../server/src/syntax/tree.ts';
import { sliceOf } from './texts.ts';

function onlyInstruction(text: string): Instruction {
  const { instructions } = parseDockerfile(text);
  assert.equal(instructions.length, 1, text);
  return instructions[0] as Instruction;
}

/** The only instruction of a text, which must be of the given kind. */
function one<K extends Keyword>(text: string, keyword: K): Instruction<NodeOf<K>> {
  const instruction = onlyInstruction(text);
  assert.equal(instruction.node.keyword, keyword);
  return instruction as unknown as Instruction<NodeOf<K>>;
}
const values = (words: readonly { value: string }[] | undefined) => words?.map(({ value }) => value);
const textsOf = (text: string) => parseDockerfile(text).instructions.map(({ span }) => sliceOf(text, span));

describe('instructions', () => {
  it('are cut at line ends, whatever the case of the keyword', () => {
    const text = 'from debian:12\nRun a\n\n  cmd ["b"]\n';
    assert.deepEqual(textsOf(text), ['from debian:12', 'Run a', 'cmd ["b"]']);
    assert.deepEqual(
      parseDockerfile(text).instructions.map(({ node }) => [node.keyword, node.keywordWord.raw]),
      [
        ['FROM', 'from'],
        ['RUN', 'Run'],
        ['CMD', 'cmd'],
      ],
    );
  });

  it('of an unknown kind are kept with a problem on their keyword', () => {
    const text = 'FROM a\nRUNN b\nRUN c';
    const file = parseDockerfile(text);
    assert.deepEqual(
      file.instructions.map(({ node }) => node.keyword),
      ['FROM', 'UNKNOWN', 'RUN'],
    );
    assert.deepEqual(
      file.problems.map(({ span }) => sliceOf(text, span)),
      ['RUNN'],
    );
  });

  it('without an argument are read all the same', () => {
    const { instructions, problems } = parseDockerfile('FROM a\nRUN\nUSER \n');
    assert.deepEqual(
      instructions.map(({ node }) => [node.keyword, node.args.length]),
      [
        ['FROM', 1],
        ['RUN', 0],
        ['USER', 0],
      ],
    );
    assert.deepEqual(problems, []);
  });

  it('may have CRLF line endings, which belong to no instruction', () => {
    const text = 'FROM a\r\nRUN b \\\r\n  c\r\nCMD d\r\n';
    assert.deepEqual(textsOf(text), ['FROM a', 'RUN b \\\r\n  c', 'CMD d']);
    assert.deepEqual(values(parseDockerfile(text).instructions[1]?.node.args), ['b', 'c']);
  });

  it('may follow a byte order mark', () => {
    const text = '\ufeff# escape=`\nFROM a\n';
    const file = parseDockerfile(text);
    assert.equal(file.escape, '`');
    assert.deepEqual(textsOf(text), ['FROM a']);
    assert.equal(parseDockerfile('\ufeffFROM a').instructions[0]?.span.start, 1);
  });
});

describe('continuations', () => {
  it('join lines, with comment and blank lines between them', () => {
    const text = 'RUN a \\\n  # why\n\n  && b \\\n\tc\nCMD d';
    const run = parseDockerfile(text).instructions[0] as Instruction;
    assert.equal(sliceOf(text, run.span), 'RUN a \\\n  # why\n\n  && b \\\n\tc');
    assert.deepEqual(values(run.node.args), ['a', '&&', 'b', 'c']);
    assert.deepEqual(
      run.node.comments.map((comment) => sliceOf(text, run.at(comment))),
      ['# why'],
    );
    assert.deepEqual(parseDockerfile(text).comments, [], 'an inner comment is no comment of the file');
  });

  it('keep every word at its own place', () => {
    const text = 'FROM x\nRUN pip \\\n  # why\r\n  install \\ \n  "a b"';
    const run = parseDockerfile(text).instructions[1] as Instruction;
    assert.deepEqual(
      run.node.args.map((word) => sliceOf(text, run.at(word))),
      ['pip', 'install', '"a b"'],
    );
  });

  it('end at a doubled escape character, and allow blanks behind a single one', () => {
    assert.deepEqual(textsOf('RUN a \\\\\nCMD b'), ['RUN a \\\\', 'CMD b']);
    assert.deepEqual(textsOf('RUN a \\  \t\n b'), ['RUN a \\  \t\n b']);
  });

  it('use the escape character of the directive', () => {
    const text = '# escape=`\nRUN a `\n  b\nCOPY x C:\\\nCMD c';
    assert.deepEqual(textsOf(text), ['RUN a `\n  b', 'COPY x C:\\', 'CMD c']);
  });

  it('with nothing behind them end with the file', () => {
    assert.deepEqual(textsOf('RUN a \\'), ['RUN a \\']);
    assert.deepEqual(textsOf('RUN a \\\n# b\n\n'), ['RUN a \\']);
  });

  it('join a word that goes on in the next line, at the places of the file', () => {
    const text = 'FR\\\nOM --platform=\\ \t\r\n# why\r\n\r\nlinux/amd64 deb\\\n\\\nian:12 \\\n AS\\\n b';
    const from = one(text, 'FROM');
    const { keywordWord, flags, imageWord, alias } = from.node;
    assert.deepEqual(
      [keywordWord.raw, flags[0]?.value?.value, imageWord?.value, alias?.value],
      ['FROM', 'linux/amd64', 'debian:12', 'b'],
    );
    assert.deepEqual(
      [keywordWord, flags[0]?.value, imageWord, alias].map((word) => word && sliceOf(text, from.at(word))),
      ['FR\\\nOM', 'linux/amd64', 'deb\\\n\\\nian:12', 'b'],
    );
  });

  it('are left out of quoted values, blanks of the next line are not', () => {
    const env = one('ENV A="x \\\n  y" B=\'z\\\n\' C=c \\\n D=d', 'ENV');
    assert.deepEqual(values(env.node.pairs.flatMap(({ value }) => value ?? [])), ['x   y', 'z', 'c', 'd']);
    assert.deepEqual(values(one('CMD ["a \\\n b", \\\n"c"]', 'CMD').node.json), ['a  b', 'c']);
  });

  it('in the body of a heredoc are left to the shell', () => {
    const { text, heredocs } = one('RUN cat <<E\\\nOF\na\\\nb\nEOF', 'RUN').node;
    assert.deepEqual([heredocs[0]?.name, text], ['EOF', 'RUN cat <<EOF\na\\\nb\nEOF']);
  });

  it('may stand before the keyword', () => {
    assert.deepEqual(one('\\\nRUN a', 'RUN').node.keywordWord.raw, 'RUN');
  });
});

describe('comments and directives', () => {
  it('are told apart by their place', () => {
    const text =
      '# syntax = docker/dockerfile:1\n#check=skip=A\n# escape=`\n# note\n# escape=\\\nFROM a\n # last';
    const file = parseDockerfile(text);
    assert.deepEqual(
      file.directives.map(({ name, value }) => [name, value]),
      [
        ['syntax', 'docker/dockerfile:1'],
        ['check', 'skip=A'],
        ['escape', '`'],
      ],
    );
    assert.deepEqual(
      file.comments.map((comment) => [sliceOf(text, comment.span), comment.text]),
      [
        ['# note', 'note'],
        ['# escape=\\', 'escape=\\'],
        ['# last', 'last'],
      ],
    );
  });

  it('a blank line and an instruction end the directives', () => {
    assert.equal(parseDockerfile('\n# escape=`\nFROM a').escape, '\\');
    assert.equal(parseDockerfile('FROM a\n# escape=`').escape, '\\');
    assert.equal(parseDockerfile('#!/usr/bin/env docker\n# escape=`\nFROM a').escape, '`');
  });

  it('a wrong escape directive is a problem', () => {
    const { problems, escape } = parseDockerfile('# escape=x\nFROM a');
    assert.equal(escape, '\\');
    assert.deepEqual(
      problems.map(({ kind }) => kind),
      ['invalid-escape-directive'],
    );
    assert.deepEqual(parseDockerfile('# escape=\nFROM a').directives, [], 'a comment, as BuildKit has it');
  });
});

describe('flags', () => {
  it('are split from the words of FROM, RUN, COPY, ADD and HEALTHCHECK', () => {
    const text = 'COPY --from=build --chown="a:b" --link src dst';
    const copy = one(text, 'COPY');
    assert.deepEqual(
      copy.node.flags.map(({ name, value }) => [name, value?.value]),
      [
        ['from', 'build'],
        ['chown', 'a:b'],
        ['link', undefined],
      ],
    );
    assert.deepEqual(values(copy.node.sources), ['src']);
    assert.equal(copy.node.destination?.value, 'dst');
    assert.equal(sliceOf(text, copy.at(copy.node.flags[1]?.value ?? copy.node.body)), '"a:b"');
  });

  it('end at `--` and at the first word', () => {
    assert.deepEqual(values(one('RUN -- --x', 'RUN').node.args), ['--x']);
    const run = one('RUN --mount=type=cache,target=/a pip --version', 'RUN').node;
    assert.deepEqual([run.flags.length, values(run.args)], [1, ['pip', '--version']]);
    assert.equal(one('CMD --x', 'CMD').node.flags.length, 0);
  });

  it('may stand on lines of their own', () => {
    const { node } = one('RUN --mount=type=cache,target=/a \\\n  --network=none \\\n  make', 'RUN');
    assert.deepEqual(
      node.flags.map(({ name }) => name),
      ['mount', 'network'],
    );
  });
});

describe('words', () => {
  it('keep blanks inside quotes, and lose quotes and escapes in their value', () => {
    const { args } = one(String.raw`RUN "a b" 'c d'e f\ g "h\"i" '\j'`, 'RUN').node;
    assert.deepEqual(values(args), ['a b', 'c de', 'f g', 'h"i', '\\j']);
  });

  it('of an open quote end at the next blank', () => {
    assert.deepEqual(
      one(`RUN it's a trap`, 'RUN').node.args.map(({ raw }) => raw),
      ["it's", 'a', 'trap'],
    );
  });

  it('of a JSON array have their own places', () => {
    const text = 'CMD [ "a b", \\\n  "c\\"d" ]';
    const { node, at } = one(text, 'CMD');
    assert.deepEqual(values(node.json), ['a b', 'c"d']);
    assert.deepEqual(
      node.json?.map((word) => sliceOf(text, at(word))),
      ['"a b"', '"c\\"d"'],
    );
  });

  it('are no JSON when the array is not one of strings', () => {
    for (const body of ["['a']", '["a"', '[1]', '["a"] b', '[]x']) {
      assert.equal(one(`CMD ${body}`, 'CMD').node.json, undefined, body);
    }
    assert.deepEqual(one('CMD []', 'CMD').node.json, []);
    assert.equal(one('USER ["a"]', 'USER').node.json, undefined);
  });
});

describe('what an instruction consists of', () => {
  const pairs = (text: string) =>
    (onlyInstruction(text).node as KeyValues).pairs.map(({ key, value, legacy }) => [
      key.value,
      value?.value,
      legacy,
    ]);

  it('ENV, LABEL and ARG have pairs', () => {
    assert.deepEqual(pairs('ENV A=1 B="x y" C='), [
      ['A', '1', false],
      ['B', 'x y', false],
      ['C', '', false],
    ]);
    assert.deepEqual(pairs('ENV A b  c="d" '), [['A', 'b  c=d', true]]);
    assert.deepEqual(pairs('LABEL "a.b"="c=d"'), [['a.b', 'c=d', false]]);
    assert.deepEqual(pairs('ARG A B=2'), [
      ['A', undefined, false],
      ['B', '2', false],
    ]);
  });

  it('FROM has an image and an alias', () => {
    const { node } = one('FROM --platform=linux/amd64 python:3.12-slim aS Build', 'FROM');
    assert.deepEqual([node.image?.repository, node.image?.tag], ['python', '3.12-slim']);
    assert.equal(node.alias?.value, 'Build');
  });

  it('HEALTHCHECK has a command, or none', () => {
    const { node } = one('HEALTHCHECK --interval=5s CMD ["curl", "x"]', 'HEALTHCHECK');
    assert.deepEqual(values(node.command?.json), ['curl', 'x']);
    assert.equal(one('HEALTHCHECK NONE', 'HEALTHCHECK').node.command, undefined);
  });

  it('ONBUILD has a trigger, whose places count from the ONBUILD', () => {
    const text = 'FROM a\nONBUILD run --mount=type=cache,target=/x pip install b';
    const onbuild = parseDockerfile(text).instructions[1] as Instruction;
    const trigger = triggerOf(onbuild);
    assert.equal(trigger?.node.keyword, 'RUN');
    assert.equal(trigger?.onbuild, true);
    assert.deepEqual(
      trigger?.node.args.map((word) => sliceOf(text, trigger.at(word))),
      ['pip', 'install', 'b'],
    );
    assert.equal(triggerOf(parseDockerfile('FROM a').instructions[0] as Instruction), undefined);
  });

  it('a problem behind ONBUILD is one of the file; a chain of ONBUILDs is not followed', () => {
    const text = 'ONBUILD FOO bar';
    const { problems } = parseDockerfile(text);
    assert.deepEqual(
      problems.map(({ span }) => sliceOf(text, span)),
      ['FOO'],
    );
    assert.equal(one('ONBUILD ONBUILD RUN a', 'ONBUILD').node.trigger, undefined);
  });
});

describe('image references', () => {
  const cases: [string, ...(string | undefined)[]][] = [
    ['python', undefined, 'python', undefined, undefined],
    ['python:3.12', undefined, 'python', '3.12', undefined],
    ['nvidia/cuda:12.4.1-base', undefined, 'nvidia/cuda', '12.4.1-base', undefined],
    ['nvcr.io/nvidia/pytorch:24.01-py3', 'nvcr.io', 'nvidia/pytorch', '24.01-py3', undefined],
    ['localhost:5000/x', 'localhost:5000', 'x', undefined, undefined],
    ['localhost/x:1', 'localhost', 'x', '1', undefined],
    ['registry.example:443/a/b@sha256:0f', 'registry.example:443', 'a/b', undefined, 'sha256:0f'],
    ['a:1@sha256:0f', undefined, 'a', '1', 'sha256:0f'],
    ['$BASE:1', undefined, '$BASE', '1', undefined],
    ['a:${TAG:-1.0}', undefined, 'a', '${TAG:-1.0}', undefined],
    ['${REG:-docker.io/x}/a', undefined, '${REG:-docker.io/x}/a', undefined, undefined],
    ['', undefined, '', undefined, undefined],
  ];
  for (const [text, registry, repository, tag, digest] of cases) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseImageReference(text), { registry, repository, tag, digest });
    });
  }
});
