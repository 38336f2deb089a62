// What is true of a file: variables, stages and what is in force in them, and the commands of a shell text.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFacts } from '../../server/src/facts/file-facts.ts';
import { resolveWord, variablesAt } from '../../server/src/facts/scope.ts';
import { createScriptReader } from '../../server/src/facts/scripts.ts';
import { hasPipefail, shellOf } from '../../server/src/facts/shells.ts';
import { effective, rootStage, type Stage } from '../../server/src/facts/stages.ts';
import { lastUser, userName } from '../../server/src/facts/users.ts';
import { expandVariables } from '../../server/src/facts/variables.ts';
import { parseDockerfile } from '../../server/src/syntax/parse.ts';
import { loadTestShellParser } from './linter.ts';

const parseShell = await loadTestShellParser();
const readScript = createScriptReader(parseShell);
const factsOf = (text: string) => createFacts(parseDockerfile(text), readScript);
const stagesOf = (text: string) => factsOf(text).stages as readonly [Stage, ...Stage[]];

describe('variables', () => {
  const variables = new Map([
    ['A', 'one'],
    ['E', ''],
    ['N', undefined],
  ]);
  const cases: [string, string, ...string[]][] = [
    ['$A-${A}', 'one-one'],
    ['$AB', '$AB', 'AB'],
    ['$N', '$N', 'N'],
    ['${E}', ''],
    ['${E:-x}', 'x'],
    ['${E-x}', ''],
    ['${N:-$A}', 'one'],
    ['${N-x}', 'x'],
    ['${A:+y}', 'y'],
    ['${E:+y}', ''],
    ['${E+y}', 'y'],
    ['${A:?no}', 'one'],
    ['${N:?no}', '${N:?no}', 'N'],
    ['plain', 'plain'],
  ];
  for (const [text, expanded, ...unknown] of cases) {
    it(`expands ${text}`, () =>
      assert.deepEqual(expandVariables(text, variables), { text: expanded, unknown }));
  }

  it('that double again and again are left as written at some length', () => {
    const lines = Array.from({ length: 200 }, (_, i) => `ARG A${i + 1}=$A${i}$A${i}`);
    const [stage] = stagesOf(`ARG A0=abcdefgh\n${lines.join('\n')}\nFROM x:$A200`);
    assert.ok(stage.base.text.length < 1_000_000);
    assert.deepEqual(stage.base.unknown, []);
    const many = expandVariables('$A'.repeat(100_000), new Map([['A', 'x'.repeat(60_000)]]));
    assert.ok(many.text.length < 500_000);
    assert.ok(many.unknown.includes('A'));
  });

  it('of a stage come from ARG and ENV of it and of those below, ENV first', () => {
    const file = parseDockerfile(
      'ARG G=global\nFROM a AS base\nARG X=arg\nENV X=env Y=$X\nFROM base\nARG G\nARG H\nENV Z=$Y\nRUN a',
    );
    const facts = createFacts(file, readScript);
    const [base, last] = facts.stages as [Stage, Stage];
    assert.deepEqual(Object.fromEntries(variablesAt(file, base)), { X: 'env', Y: 'arg' });
    assert.deepEqual(Object.fromEntries(variablesAt(file, last)), {
      X: 'env',
      Y: 'arg',
      G: 'global',
      H: undefined,
      Z: 'arg',
    });
    const env = base.instructions[1];
    assert.ok(env);
    assert.deepEqual(Object.fromEntries(variablesAt(file, base, env)), { X: 'arg' });
    assert.equal(resolveWord(file, last, env, { value: '$X/$H' }), undefined);
    assert.equal(resolveWord(file, base, env, { value: '/$X' }), '/arg');
  });
});

describe('stages', () => {
  it('have a base with the defaults of global ARGs, and names without case', () => {
    const [first, second] = stagesOf(
      'ARG TAG=3.12\nFROM python:${TAG} AS Build\nRUN a\nFROM BUILD\nCOPY b c\n',
    );
    assert.deepEqual([first.name, first.base.text, first.base.image.tag], ['build', 'python:3.12', '3.12']);
    assert.equal(second?.parent, first);
    assert.equal(second && rootStage(second), first);
    assert.deepEqual([first.isFinal, second?.isFinal], [false, true]);
    assert.deepEqual(
      first.instructions.map(({ node }) => node.keyword),
      ['RUN'],
    );
  });

  it('know which variables of their base have no value', () => {
    const [stage] = stagesOf('ARG REGISTRY\nFROM $REGISTRY/x:${T:-1}');
    assert.deepEqual(stage.base.unknown, ['REGISTRY']);
    assert.equal(stage.base.image.tag, '1');
  });

  it('do not build on themselves or on later ones', () => {
    const [first, second] = stagesOf('FROM b AS b\nFROM a AS x\nFROM c AS a');
    assert.equal(first.parent, undefined);
    assert.equal(second?.parent, undefined);
  });

  it('inherit USER and SHELL, which the nearest instruction before a place decides', () => {
    const text =
      'FROM a AS one\nUSER root\nSHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nFROM one\nRUN x\nUSER app:app';
    const facts = factsOf(text);
    const { file } = facts;
    const last = facts.finalStage as Stage;
    const run = last.instructions[0];
    assert.ok(run);
    assert.equal(effective(last, 'USER', run)?.node.args[0]?.value, 'root');
    assert.equal(effective(last, 'USER')?.node.args[0]?.value, 'app:app');
    const users = facts.stages.map((stage) => {
      const user = lastUser(stage);
      return user && userName(file, stage, user);
    });
    assert.deepEqual(users, ['root', 'app']);
    const shell = shellOf(facts, run);
    assert.deepEqual([shell.program, hasPipefail(shell.options), shell.named], ['bash', true, false]);
  });

  it('hold each instruction behind their FROM', () => {
    const { file, stages, stageOf } = factsOf('ARG A\nFROM a\nRUN b\nFROM c\nRUN d');
    assert.deepEqual(
      file.instructions.map((instruction) => stages.indexOf(stageOf(instruction) as Stage)),
      [-1, 0, 0, 1, 1],
    );
  });
});

describe('shell commands', () => {
  const read = (text: string, base = 0) => parseShell(text, base);
  const names = (text: string) => read(text).commands.map(({ name }) => name);

  it('are found in lists, pipes, groups, conditions, loops and substitutions', () => {
    assert.deepEqual(names('a && b || c; d & e'), ['a', 'b', 'c', 'd', 'e']);
    assert.deepEqual(names('a | b |& c'), ['a', 'b', 'c']);
    assert.deepEqual(names('(a; { b; }) && if c; then d; else e; fi'), ['a', 'b', 'c', 'd', 'e']);
    assert.deepEqual(names('for i in 1 2; do a "$(b $i)"; done'), ['a', 'b']);
    assert.deepEqual(names('X=$(a) b `c`'), ['b', 'a', 'c']);
  });

  it('are seen through wrappers and without their folder', () => {
    const [sudo] = read('sudo -E -u app X=1 /usr/bin/pip3 install y').commands;
    assert.deepEqual([sudo?.name, sudo?.wrappers], ['pip3', ['sudo']]);
    assert.deepEqual(
      sudo?.args.map(({ value }) => value),
      ['install', 'y'],
    );
    assert.deepEqual(
      sudo?.assignments.map(({ value }) => value),
      ['X=1'],
    );
    const [env] = read('env -u A B=2 nice -n 5 timeout -k 1 30s make').commands;
    assert.deepEqual([env?.name, env?.wrappers], ['make', ['env', 'nice', 'timeout']]);
    assert.deepEqual(names('sudo'), ['sudo']);
    assert.deepEqual(names('exec "$@"'), ['$@']);
  });

  it('are seen through xargs, gosu, busybox and flags with a value, and not where nothing runs', () => {
    for (const text of [
      'cat list | xargs -r -n 1 -I {} apt-get install',
      'xargs -a list --max-args 5 apt-get install',
      'gosu app:app apt-get install',
      'sudo --user app apt-get install',
      'busybox apt-get install',
      'stdbuf -oL -e 0 apt-get install',
    ]) {
      const found = read(text).commands.find(({ name }) => name === 'apt-get');
      assert.deepEqual(
        found?.args.map(({ value }) => value),
        ['install'],
        text,
      );
    }
    assert.deepEqual(names('command -v pip && sudo -l'), ['command', 'sudo']);
    assert.deepEqual(names('command pip'), ['pip']);
  });

  it('are seen in the texts that a shell gets, at their exact places', () => {
    for (const [text, ...expected] of [
      [`bash -c 'pip install x && cd y'`, 'bash', 'pip install x', 'cd y'],
      [`sh -lc "pip install x"`, 'sh', 'pip install x'],
      [`sudo /bin/bash -euo pipefail -c "a; b" c`, 'bash', 'a', 'b'],
      [`eval "pip install" 'x'`, 'eval', `pip install" 'x`],
      [`eval pip install x && b`, 'eval', 'pip install x', 'b'],
      [`su -c 'pip install x' app`, 'su', 'pip install x'],
      [`su - app -c 'pip install x'`, 'su', 'pip install x'],
      [`bash -c "bash -c 'a; b'"`, 'bash', `bash -c 'a; b'`, 'a', 'b'],
      [`bash -c "if a; then b; fi"`, 'bash', 'a', 'b'],
      [`find . -name x -exec rm -f {} \\; -o -execdir sudo a {} +`, 'find', 'rm -f {}', 'sudo a {}'],
      [`bash script.sh -c a`, 'bash'],
      [`bash -c`, 'bash'],
      [`bash -c $'a\\n'`, 'bash'],
    ] as const) {
      const { commands } = read(text, 50);
      const [first, ...inner] = commands.map(({ from, to }) => text.slice(from - 50, to - 50));
      assert.deepEqual([commands[0]?.name, ...inner], expected, text);
      assert.ok(first);
    }
  });

  it('in double quotes keep their places and values behind escapes, and outer substitutions are seen once', () => {
    const text = String.raw`bash -c "pip install \"a b\" c=\"d\" \$E 'f' g\\ h && k $(i j)"`;
    const [, pip, ...more] = read(text).commands;
    assert.deepEqual(
      pip?.args.map(({ value }) => value),
      ['install', 'a b', 'c=d', '$E', 'f', 'g h'],
    );
    assert.deepEqual(
      pip?.args.map(({ from, to }) => text.slice(from, to)),
      pip?.args.map(({ raw }) => raw),
    );
    assert.deepEqual(pip?.wrappers, ['bash']);
    assert.deepEqual(
      more.map(({ name }) => name),
      ['k', 'i'],
    );
    assert.deepEqual(names('bash -c "pip install $X; cd \'$Y\'"'), ['bash', 'pip', 'cd']);
  });

  it('nested in quotes again and again end somewhere', () => {
    let text = 'a';
    for (let i = 0; i < 12; i++) text = `bash -c ${JSON.stringify(text)}`;
    assert.ok(read(text).commands.length < 20);
    assert.doesNotThrow(() => read(`bash -c "${'eval '.repeat(2000)}"`));
  });

  it('have a second view, in which little is looked through', () => {
    const literal = (text: string) => read(text).literalCommands.map(({ name }) => name);
    assert.deepEqual(
      literal('sudo a; /usr/bin/pip b; xargs c; bash -c "d"; find . -exec e {} +; env f=1 g'),
      ['sudo', '/usr/bin/pip', 'xargs', 'bash', 'find', 'env'],
    );
    assert.deepEqual(literal('command a; exec -a x b; time -p c; builtin cd; busybox d; command -v e'), [
      'a',
      'b',
      'c',
      'cd',
      'd',
      'command',
    ]);
    assert.deepEqual(literal('export A=$(b) && declare c'), ['export', 'b', 'declare']);
    assert.deepEqual(
      read('sudo pip install').literalCommands[0]?.args.map(({ value }) => value),
      ['pip', 'install'],
    );
  });

  it('have words with their values and places', () => {
    const text = `pip install "a b" 'c' d\\ e $X "$Y" > log 2>&1`;
    const { commands } = read(text, 100);
    assert.deepEqual(
      commands[0]?.args.map(({ value }) => value),
      ['install', 'a b', 'c', 'd e', '$X', '$Y'],
    );
    for (const { from, to, raw } of commands[0]?.args ?? [])
      assert.equal(text.slice(from - 100, to - 100), raw);
  });

  it('know their assignments', () => {
    const [command, bare] = read('A=1 B="2 3" c; D=4').commands;
    assert.deepEqual(
      command?.assignments.map(({ raw }) => raw),
      ['A=1', 'B="2 3"'],
    );
    assert.equal(bare, undefined, 'an assignment alone is no command');
    const [exported] = read('export A=1 B').commands;
    assert.deepEqual(
      [exported?.name, ...(exported?.args.map(({ raw }) => raw) ?? [])],
      ['export', 'A=1', 'B'],
    );
  });

  it('come with the pipes and joints between the outermost ones', () => {
    const script = read('a && (b; c) || d | e\nf');
    assert.deepEqual(script.joints, ['&&', '||', '\n']);
    assert.deepEqual(
      script.pipes.map(({ from, to }) => [from, to]),
      [[17, 18]],
    );
    assert.deepEqual(read('case x in a|b) c;; esac').pipes, [], 'a pattern holds no pipe');
  });

  it('tell of comments and of text that is no shell', () => {
    assert.equal(read('a # b').hasComments, true);
    assert.equal(read('a "#b"').hasComments, false);
    assert.equal(read('a &&').hasErrors, true);
    assert.equal(read('a').hasErrors, false);
    // What the grammar takes and no shell does, and the other way round.
    for (const text of ['print("a")', "Write-Host ('a')", 'then a', 'a;;b', '[a] && b', '[ a] && b'])
      assert.equal(read(text).hasErrors, true, text);
    for (const text of [
      'if a; then if b; then c; fi else d; fi',
      'while a; do case b in c) d;; esac done',
      '{ { a; } }',
      '[ a ] && [[ b ]] && [ "$c" ]',
      'case a in b) c;; d) e;; esac',
    ])
      assert.equal(read(text).hasErrors, false, text);
  });

  it('nested beyond reason are given up without an error', () => {
    const deep = `${'$(a '.repeat(5000)}${')'.repeat(5000)}`;
    assert.ok(read(deep).commands.length > 100);
    assert.doesNotThrow(() => read(`${'(('.repeat(5000)}echo x${'))'.repeat(5000)}`));
  });
});
