import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kindChoices, mergeTasks, nameBeside } from '../../client/src/project/model.ts';
import type { ScaffoldTask } from '../../server/src/protocol/requests.ts';

const tasks: readonly ScaffoldTask[] = [
  { label: 'Build wheel of bikes', type: 'wheelhouse', command: 'buildWheel', project: '.' },
  { label: 'Run bikes', type: 'wheelhouse', command: 'run', image: 'bikes:latest' },
];

test('a tasks.json is made where there is none, or none with a word in it', () => {
  for (const text of [undefined, '', ' \n']) {
    const made = mergeTasks(text, tasks) ?? '';
    assert.deepEqual(JSON.parse(made), { version: '2.0.0', tasks });
    assert.match(made, /^\{\n {2}"version": "2\.0\.0",\n {2}"tasks": \[\n {4}\{\n {6}"label"/);
    assert.ok(made.endsWith('}\n'));
  }
});

test('tasks are added behind those that are there, comments and indentation kept', () => {
  const text =
    '// Ours\n{\n\t"version": "2.0.0", // as always\n\t"tasks": [\n\t\t/* the first */\n\t\t{\n\t\t\t"label": "Test", "type": "shell",\n\t\t},\n\t],\n\t"inputs": []\n}\n';
  const merged = mergeTasks(text, tasks) ?? '';
  for (const kept of [
    '// Ours\n',
    '// as always',
    '/* the first */',
    '"label": "Test", "type": "shell"',
    '"inputs": []',
  ]) {
    assert.ok(merged.includes(kept), `${kept}\n${merged}`);
  }
  assert.match(merged, /\n\t\t\{\n\t\t\t"label": "Run bikes"/);
  assert.ok(merged.indexOf('"Test"') < merged.indexOf('Build wheel'));
  assert.ok(merged.indexOf('Build wheel') < merged.indexOf('Run bikes'));
  assert.equal(mergeTasks(merged, tasks), merged, 'twice is once');
});

test('what is missing in a tasks.json is added, and line ends are as they were', () => {
  assert.deepEqual(JSON.parse(mergeTasks('{}', tasks) ?? ''), { version: '2.0.0', tasks });
  const merged = mergeTasks('{\r\n    "version": "2.0.0",\r\n    "tasks": []\r\n}\r\n', tasks) ?? '';
  assert.doesNotMatch(merged, /[^\r]\n/);
  assert.match(merged, /\r\n {8}\{\r\n {12}"label"/);
});

test('a task with the label of one that is there is left as it is', () => {
  const own =
    '{ "version": "2.0.0", "tasks": [{ "label": "Run bikes", "type": "shell", "command": "x" }, null] }';
  const merged = JSON.parse(mergeTasks(own, tasks) ?? '');
  assert.deepEqual(
    merged.tasks.map((task: { command?: string } | null) => task?.command),
    ['x', undefined, 'buildWheel'],
  );
});

test('a tasks.json that cannot be read is left alone', () => {
  for (const text of ['{ "tasks": [', '[]', '"x"', '{ "tasks": {} }', '{ "version": }'])
    assert.equal(mergeTasks(text, tasks), undefined, text);
});

test('each kind is said in a sentence, with what speaks for it', () => {
  const choices = kindChoices([
    { kind: 'serving', because: 'fastapi' },
    { kind: 'wheel', because: null },
  ]);
  assert.deepEqual(
    choices.map(({ value, description }) => [value, description]),
    [
      ['serving', 'fits: fastapi'],
      ['wheel', undefined],
    ],
  );
  for (const { label, detail } of choices) assert.match(`${label}: ${detail}`, /^\w.+: \w.+\.$/);
});

test('a Dockerfile beside others has the name of its kind, and a number where that is taken', () => {
  assert.equal(nameBeside('training', ['Dockerfile']), 'Dockerfile.training');
  assert.equal(nameBeside('training', ['Dockerfile.training']), 'Dockerfile.training-2');
});
