// Another user than root reads no key that is root's or the machine's user's alone.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
import { first, service } from './optimized-lines.ts';

const lines = ['FROM python:3.12-slim', 'WORKDIR /srv/ride', 'COPY . .', 'CMD ["python", "ride.py"]'];
const plain = { 'ride.py': 'import flask\n' };
const offered = async (files: Readonly<Record<string, string>>) =>
  (await first(lines, { ...plain, ...files }, 'non-root')) !== undefined;
const compose = (body: string) => ({ 'compose.yaml': `services:\n  ride:\n    build: .\n${body}` });
const readme = (line: string) => ({ 'README.md': `# Ride\n\n    ${line}\n` });

describe('keys that a container is given', () => {
  const kept: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'a cache for reading below the home folder of root': compose(
      '    volumes:\n      - ~/.cache/huggingface:/root/.cache/huggingface:ro\n',
    ),
    'a variable that names the home folder of root': compose(
      '    environment:\n      HF_HOME: /root/models\n',
    ),
    'keys of AWS for reading': readme('docker run -v ~/.aws:/srv/ride/.aws:ro ride'),
    'keys of SSH': compose(
      '    volumes:\n      - type: bind\n        source: ${HOME}/.ssh\n        target: /keys\n        read_only: true\n',
    ),
    'keys of Google': readme(
      'docker run --mount type=bind,src=$HOME/.config/gcloud,dst=/gcloud,readonly ride',
    ),
    'a file that readers are told to close': {
      ...compose('    volumes:\n      - /opt/ride/secrets.yaml:/srv/ride/secrets.yaml:ro\n'),
      ...readme('sudo chmod 600 /opt/ride/secrets.yaml'),
    },
    'a program that reads in the home folder of root': { 'ride.py': 'key = open("/root/key.txt").read()\n' },
  };
  for (const [name, files] of Object.entries(kept))
    it(`keep it root: ${name}`, async () => assert.equal(await offered(files), false));

  const free: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'a file of settings for reading': compose('    volumes:\n      - ./ride.toml:/srv/ride/ride.toml:ro\n'),
    'another file that readers are told to close': {
      ...compose('    volumes:\n      - ./ride.toml:/srv/ride/ride.toml:ro\n'),
      ...readme('chmod 600 other.toml'),
    },
    'a folder whose name ends like root': readme('docker run -v ./chroot:/srv/root:ro ride'),
  };
  for (const [name, files] of Object.entries(free))
    it(`are not: ${name}`, async () => assert.ok(await offered(files)));

  const assumed = async (files: Readonly<Record<string, string>>) => {
    const all = { ...plain, ...files };
    const { applied } = service.optimize(
      `${lines.join('\n')}\n`,
      defaultConfiguration,
      await contextOfTexts(all),
      {
        ids: ['non-root'],
        sources: new Map(Object.entries(all)),
      },
    );
    return applied[0]?.assumes ?? '';
  };
  const told: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'a library of Google': { 'ride.py': 'import vertexai\n' },
    'a part of one': { 'ride.py': 'from google.cloud import storage\n' },
    Kaggle: { 'ride.py': 'import kaggle\n' },
    'a file that a program names': { 'ride.py': 'open(os.path.expanduser("~/.aws/credentials"))\n' },
    'a variable of Compose': compose('    environment:\n      GOOGLE_APPLICATION_CREDENTIALS: /key.json\n'),
    'secrets of Compose': compose('    secrets:\n      - token\n'),
  };
  for (const [name, files] of Object.entries(told))
    it(`are told of: ${name}`, async () =>
      assert.equal(
        await assumed(files),
        'the program writes to /srv/ride, /tmp and its home folder only, and user 10001 may read the key files that it is given',
      ));

  it('are told of beside what is mounted', async () => {
    const files = { 'ride.py': 'import vertexai\nopen("/data/rides.csv", "w")\n' };
    assert.match(
      await assumed(files),
      /user 10001 may write to what is mounted, as at \/data \(.*\) and read the key files that it is given$/,
    );
  });
  it('are not told of where nothing reads them', async () =>
    assert.doesNotMatch(await assumed({ 'ride.py': 'import google.protobuf\nimport boto3\n' }), /key/));
});
