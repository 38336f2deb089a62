// The list of Debian's packages that hosts of Streamlit and Gradio install.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { first, lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

describe('the packages of Debian that a host of pages is told', () => {
  const page = 'import streamlit as st\nst.title("x")\n';
  const files = (packages: string, more: Files = {}) => ({
    ...lists('streamlit==1.48.0'),
    'app.py': page,
    'packages.txt': packages,
    ...more,
  });
  const of = async (packages: string, more: Files = {}) => {
    const made = await make(files(packages, more), 'serving');
    return {
      text: textOf(made),
      assumes: (made?.assumes ?? []).filter((one) => one.includes('packages.txt')),
    };
  };
  it('are installed where the release has them, without those that builds are for', async () => {
    const { text, assumes } = await of(
      'tesseract-ocr\r\ntesseract-ocr-deu # texts\ntesseract-ocr-mal\nbuild-essential\n',
    );
    assert.match(text, /^ +tesseract-ocr-mal\b/m);
    assert.match(text, /^ +tesseract-ocr-deu\b/m);
    assert.match(text, /^ +tesseract-ocr\b(?!-)/m);
    assert.doesNotMatch(text, /build-essential|texts|COPY .*packages\.txt/);
    assert.deepEqual(assumes, []);
  });
  it('are told where no such name is known', async () => {
    const { text, assumes } = await of('tesseract-ocr-deu\nlibnothing3\n');
    assert.doesNotMatch(text, /libnothing3/);
    assert.deepEqual(assumes, [
      'The program does without libnothing3 of packages.txt, or the Dockerfile is made to install it.',
    ]);
  });
  it('are nothing of a project that such a host does not show', async () => {
    const flask = { ...lists('flask', 'gunicorn'), 'app.py': 'from flask import Flask\napp = Flask("x")\n' };
    assert.doesNotMatch(await first({ ...flask, 'packages.txt': 'tesseract-ocr-deu\n' }), /tesseract/);
  });
  it('stand beside those of the Dockerfile that is there', async () => {
    const { text, assumes } = await of('tesseract-ocr-deu\n', {
      Dockerfile:
        'FROM python:3.12-bookworm\nRUN apt-get update && apt-get install -y antiword\nCMD ["streamlit", "run", "app.py"]\n',
    });
    assert.match(text, /antiword/);
    assert.match(text, /tesseract-ocr-deu/);
    assert.deepEqual(assumes, []);
  });
});
