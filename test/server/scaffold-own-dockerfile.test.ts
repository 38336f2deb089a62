// Where a project has a Dockerfile of its own, it is kept unless a person wants another one.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scaffold } from '../../server/src/features/scaffold.ts';
import { app, lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { know, newest, textOf } from './scaffold-world.ts';

const pinned = lists('fastapi==0.116.1', 'uvicorn==0.35.0');

describe('whether the Dockerfile that is there is kept', () => {
  const asked = async (files: Files, answers: Readonly<Record<string, string>> = {}) =>
    scaffold(await know({ ...pinned, 'main.py': app, ...files }), { kind: 'serving', answers });
  const from = 'FROM python:3.12-slim\nCMD ["uvicorn", "main:app"]\n';
  const of = async (files: Files) => {
    const question = (await asked(files))?.question;
    return question?.id === 'present' ? question.choices[0]?.because : undefined;
  };

  it('is asked first, and then nothing is written', async () => {
    const question = (await asked({ Dockerfile: from }))?.question;
    assert.deepEqual(question?.choices, [
      { value: 'keep', because: 'Dockerfile' },
      { value: 'new', because: null },
    ]);
    const kept = await asked({ Dockerfile: from }, { present: 'keep' });
    assert.deepEqual(kept?.files, []);
    assert.match(kept?.refused ?? '', /^Dockerfile stays as it is: "Optimize Dockerfile…"/);
    assert.match(textOf(await asked({ Dockerfile: from }, newest)), /^CMD \["uvicorn", "main:app"/m);
  });

  it('is about the one of the folder, or the one that Compose builds', async () => {
    assert.equal(await of({ Containerfile: from }), 'Containerfile');
    assert.equal(await of({ 'api.Dockerfile': from }), 'api.Dockerfile');
    assert.equal(await of({ Dockerfile: from, 'Dockerfile.gpu': from }), 'Dockerfile');
    const several = { 'docker/cpu.Dockerfile': from, 'docker/gpu.Dockerfile': from };
    const compose = (build: string) => ({ 'compose.yaml': `services:\n  api:\n    build: ${build}\n` });
    assert.equal(
      await of({ ...several, ...compose('{ context: ., dockerfile: docker/gpu.Dockerfile }') }),
      'docker/gpu.Dockerfile',
    );
    const others: Files[] = [
      {},
      several,
      { ...several, ...compose('./docker') },
      { 'Dockerfile.dev': from },
      { 'a.Dockerfile': from, 'b.Dockerfile': from },
      { 'docker/Dockerfile': from },
    ];
    for (const none of others) assert.equal(await of(none), undefined, Object.keys(none).join());
  });
});
