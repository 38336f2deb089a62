import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  otherAnswer,
  otherQuestion,
  questionIds,
  questionOf,
  toldOf,
} from '../../client/src/project/questions.ts';
import type { ScaffoldQuestion } from '../../server/src/protocol/requests.ts';

const asked = (question: ScaffoldQuestion) => ({
  files: [],
  tasks: [],
  assumes: [],
  question,
  refused: null,
  install: null,
  program: null,
  settings: [],
});
const start: ScaffoldQuestion = {
  id: 'start',
  choices: [
    { value: 'python main.py', because: 'main.py' },
    { value: 'flask --app web:app run', because: null },
  ],
};

test('what is asked has what was found as choices, and a command can be typed', () => {
  const question = questionOf(asked(start), 'start');
  assert.ok(question?.kind === 'pick');
  assert.deepEqual(
    question.choices.map(({ value, description }) => [value, description]),
    [
      ['python main.py', 'found: main.py'],
      ['flask --app web:app run', undefined],
      [otherAnswer, undefined],
    ],
  );
  assert.match(question.choices[1]?.detail ?? '', /development server/);
  assert.equal(questionOf(asked(start), 'python'), undefined);
  const python = questionOf(asked({ id: 'python', choices: [{ value: '3.12', because: null }] }), 'python');
  assert.deepEqual(python?.kind === 'pick' && python.choices.map(({ value }) => value), ['3.12']);
});

test('releases are those of a day, or of today', () => {
  const choices = [
    { value: '2023-06-30', because: 'openai 0.27' },
    { value: 'newest', because: null },
  ];
  const question = questionOf(asked({ id: 'releases', choices }), 'releases');
  assert.deepEqual(question?.kind === 'pick' && question.choices.map(({ label, value }) => [label, value]), [
    ['Those of 2023-06-30', '2023-06-30'],
    ['The newest of today', 'newest'],
  ]);
});

test('a Dockerfile that is there is kept first, and no command is typed for it', () => {
  const choices = [
    { value: 'keep', because: 'Dockerfile' },
    { value: 'new', because: null },
  ];
  const question = questionOf(asked({ id: 'present', choices }), 'present');
  assert.ok(question?.kind === 'pick');
  assert.deepEqual(
    question.choices.map(({ label, value, description }) => [label, value, description]),
    [
      ['Keep It', 'keep', 'found: Dockerfile'],
      ['Write New Files', 'new', undefined],
    ],
  );
  assert.match(question.choices[0]?.detail ?? '', /Optimize Dockerfile/);
  assert.equal(questionIds[0], 'present');
});

test('where nothing was found a command is typed at once', () => {
  const question = questionOf(asked({ id: 'start', choices: [] }), 'start');
  assert.ok(question?.kind === 'input');
  assert.equal(question.key, 'start');
  assert.equal(question.check?.('python a.py'), undefined);
  assert.match(question.check?.(' ') ?? '', /\w/);
});

test('the server is told what was chosen or typed, and nothing that was not asked', () => {
  const { key } = otherQuestion('start');
  assert.deepEqual(toldOf({ kind: 'serving', python: '3.12', start: otherAnswer }), { python: '3.12' });
  assert.deepEqual(toldOf({ start: otherAnswer, [key]: 'python b.py' }), { start: 'python b.py' });
});
