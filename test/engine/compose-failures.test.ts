// What Compose says when it goes wrong, provoked with the real one, in words and with a remedy.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { failures, folder, lastFailure, limits, projectOf } from './compose-world.ts';
import { execute } from './fake-vscode.ts';

const wrong: readonly (readonly [id: string, words: RegExp, file: string])[] = [
  [
    'compose-file-invalid',
    /Line 3 of the Compose file cannot be used: found character that cannot start any token\./,
    'services:\n  web:\n\timage: x\n',
  ],
  [
    'compose-file-invalid',
    /compose.yaml cannot be used: services.web additional properties 'imag' not allowed\./,
    'services: {web: {imag: x}}\n',
  ],
  [
    'compose-file-invalid',
    /service "web" depends on undefined service "no"/,
    'services: {web: {image: x, depends_on: [no]}}\n',
  ],
  ['compose-file-invalid', /empty compose file/, ''],
  ['compose-file-invalid', /no service selected/, 'services: {}\n'],
  ['compose-variable-missing', /needs a value for WHC_X\./, 'services: {web: {image: "${WHC_X:?set it}"}}\n'],
  ['compose-env-file-missing', /no\.env is not there/, 'services: {web: {image: IMAGE, env_file: no.env}}\n'],
  [
    'compose-external-missing',
    /The network whc-ext, which/,
    'services: {web: {image: IMAGE, networks: [e]}}\nnetworks: {e: {external: true, name: whc-ext}}\n',
  ],
  [
    'compose-external-missing',
    /The volume whc-ext, which/,
    'services: {web: {image: IMAGE, volumes: ["ext:/e"]}}\nvolumes: {ext: {external: true, name: whc-ext}}\n',
  ],
  [
    'port-taken',
    /Port \d+ of this machine is taken/,
    'services: {a: {image: IMAGE, command: sleep 50, ports: ["18431:1"]}, b: {image: IMAGE, command: sleep 50, ports: ["18431:1"]}}\n',
  ],
  [
    'program-missing',
    /The image has no program nosuch\./,
    'services: {a: {image: IMAGE, command: nosuch}}\n',
  ],
  [
    'gpu-missing',
    /cannot hand a GPU/,
    'services: {a: {image: IMAGE, command: sleep 9, deploy: {resources: {reservations: {devices: [{driver: nvidia, capabilities: [gpu]}]}}}}}\n',
  ],
  ['registry-down', /The registry \S+ does not answer/, 'services: {a: {image: "127.0.0.1:9/x/y:1"}}\n'],
  ['dockerfile-missing', /The Dockerfile, or the folder/, 'services: {a: {build: .}}\n'],
  [
    'compose-service-ended',
    /The service a started and ended: exited 3\./,
    'services: {a: {image: IMAGE, command: "sh -c \'exit 3\'"}}\n',
  ],
  [
    'compose-dependency-failed',
    /on which others wait, did not become ready/,
    'services: {a: {image: IMAGE, command: "true", depends_on: {b: {condition: service_completed_successfully}}}, b: {image: IMAGE, command: "false"}}\n',
  ],
];
test('what goes wrong is said in words, with what to do', { ...limits, timeout: 240_000 }, async () => {
  for (const [index, [id, words, text]] of wrong.entries()) {
    const place = folder(`wrong${index}`, { 'compose.yaml': text });
    const before = failures.length;
    await execute('wheelhouse.compose.up', { files: path.join(place, 'compose.yaml'), services: [] });
    assert.equal(failures.length, before + 1, text);
    assert.equal(lastFailure().id, id, `${text}\n${lastFailure().message}`);
    assert.match(lastFailure().message, words);
  }
  const place = folder('nosuch', { 'compose.yaml': 'services: {a: {image: IMAGE}}\n' });
  await execute('wheelhouse.compose.up', { files: path.join(place, 'compose.yaml'), services: ['nosuch'] });
  assert.equal(lastFailure().message, 'The project has no service nosuch.');
  await execute('wheelhouse.compose.down', { project: projectOf('nosuch') });
  assert.equal(lastFailure().id, 'compose-not-up');
});
