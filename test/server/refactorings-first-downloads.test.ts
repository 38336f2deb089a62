// Dependencies first, where a newer Python and its pip are brought to an image of Ubuntu before.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ExampleContext } from '../../server/src/lint/rule.ts';
import { first, plain } from './optimized-lines.ts';

const from = ['FROM ubuntu:22.04', 'WORKDIR /srv'];
const install = 'RUN pip install -r requirements.txt';
const optimized = (run: string, files: ExampleContext = plain) =>
  first([...from, 'ADD . /srv', run, install], files);
const address = 'https://bootstrap.pypa.io/get-pip.py';

describe('an install behind the installer of pip', () => {
  const passed: Readonly<Record<string, string>> = {
    'an archive of Launchpad': 'RUN add-apt-repository -y ppa:deadsnakes/ppa',
    'the installer by wget': `RUN wget ${address} && python3.8 get-pip.py`,
    'by curl, which removes it': `RUN curl -sSO ${address} && python3 get-pip.py --user && rm -f get-pip.py`,
    'by curl, which names it': `RUN curl -sS ${address} -o get-pip.py && python3 get-pip.py`,
  };
  for (const [name, run] of Object.entries(passed))
    it(`comes before the code: ${name}`, async () =>
      assert.deepEqual(await optimized(run), [
        ...from,
        'COPY requirements.txt /srv/',
        run,
        install,
        'ADD . /srv',
      ]));

  const stays: Readonly<Record<string, readonly [string, ExampleContext?]>> = {
    'the project has one': [`RUN wget ${address} && python3 get-pip.py`, { ...plain, 'get-pip.py': '' }],
    'nothing downloads it': ['RUN python3 get-pip.py'],
    'it has another name': [`RUN curl ${address} -o pip.py && python3 pip.py`],
    'it is another program': ['RUN wget https://example.org/setup.py && python3 setup.py'],
  };
  for (const [name, [run, files]] of Object.entries(stays))
    it(`stays: ${name}`, async () => assert.equal(await optimized(run, files), undefined));
});
