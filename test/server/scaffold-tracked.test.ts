// What Git holds belongs to a project, whatever .gitignore names; keys and environments that lie in the folder do not.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { readFileUri } from '../../server/src/adapters/node-files.ts';
import { readTracked } from '../../server/src/project/git-index.ts';
import { parseIgnoreFile } from '../../server/src/syntax/ignore-file.ts';
import { createFolderService } from './folder-service.ts';
import { lists } from './scaffold-forms.ts';
import { make, textOf } from './scaffold-world.ts';

const long = `${'deep/'.repeat(30)}file.csv`;
const files = {
  'requirements.txt': 'six\n',
  '.gitignore': 'Models/\n*.csv\nnotes/\nclient_secret.json\n',
  'main.py': 'import six\nopen("Models/a.bin")\nif __name__ == "__main__":\n    print(six)\n',
  'Models/a.bin': 'weights\n',
  'table.csv': 'a,b\n',
  'daten/räume.csv': 'a,b\n',
  'client_secret.json': '{}\n',
  [long]: 'a,b\n',
};

/** A repository that holds files although it ignores some of them, and one more file that it does not hold. */
function repositoryOf(use: (folder: string) => Promise<void>, version = '2') {
  return async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tracked-'));
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], { cwd: folder });
    const write = (name: string, text: string) => {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    };
    try {
      git('init', '--quiet');
      for (const [name, text] of Object.entries(files)) write(name, text);
      git('add', '--force', '--all');
      git('update-index', '--index-version', version);
      write('other.csv', 'a,b\n');
      await use(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

describe('what Git holds', () => {
  for (const version of ['2', '3'])
    it(
      `is read from its index of version ${version}`,
      repositoryOf(async (folder) => {
        const isTracked = await readTracked(pathToFileURL(folder).href, readFileUri);
        assert.deepEqual(
          Object.keys(files).filter((file) => !isTracked?.(file)),
          [],
        );
        assert.deepEqual(
          ['other.csv', 'able.csv', 'Models', 'Models/a.bi', ''].filter((file) => isTracked?.(file)),
          [],
        );
        const below = await readTracked(pathToFileURL(path.join(folder, 'Models')).href, readFileUri);
        assert.deepEqual([below?.('a.bin'), below?.('table.csv')], [true, false]);
      }, version),
    );

  it(
    'is not known from an index that shortens paths',
    repositoryOf(async (folder) => {
      assert.equal(await readTracked(pathToFileURL(folder).href, readFileUri), undefined);
    }, '4'),
  );

  it('is not known where there is no repository', async () => {
    assert.equal(await readTracked('file:///', async () => undefined), undefined);
    assert.equal(await readTracked('file:///a/b', async () => 'DIRC and no index'), undefined);
  });

  it(
    'is copied, but for what looks like a secret',
    repositoryOf(async (folder) => {
      const service = await createFolderService();
      const made = await service.scaffold({
        folder: pathToFileURL(folder).href,
        kind: 'multi-stage',
        answers: { releases: 'newest', python: '3.13' },
        below: '',
      });
      const text = textOf(made);
      assert.match(text, /^COPY .*\bModels\/ \.\/Models\/$/m);
      assert.match(text, /\btable\.csv\b/);
      assert.doesNotMatch(text, /other\.csv|client_secret/);
      assert.doesNotMatch(textOf(made, '.dockerignore'), /^(?:Models|table\.csv)/m);
    }),
  );
});

describe('what lies in a folder and is no part of a project', () => {
  const project = { ...lists('six'), 'main.py': 'if __name__ == "__main__":\n    print()\n' };
  /** Which paths the image gets. */
  const got = async (more: Record<string, string>) => {
    const made = await make({ ...project, ...more }, 'multi-stage');
    const { keepsOut } = parseIgnoreFile(textOf(made, '.dockerignore'));
    const copied = (textOf(made).match(/^COPY --chown.*$/gm) ?? []).join(' ').split(' ');
    return Object.keys(more).filter(
      (file) =>
        !keepsOut(file) &&
        copied.some((from) => from === file || (from.endsWith('/') && file.startsWith(from))),
    );
  };

  it('private keys', async () => {
    const keys = {
      deploy: 'k\n',
      'deploy.pub': 'p\n',
      id_ed25519: 'k\n',
      'keys/id_rsa': 'k\n',
      'keys/a.txt': '\n',
    };
    assert.deepEqual(await got(keys), ['deploy.pub', 'keys/a.txt']);
  });

  it('but keys that a program reads', async () => {
    const reads = { 'main.py': 'open("deploy")\nif __name__ == "__main__":\n    print()\n' };
    assert.deepEqual(await got({ ...reads, deploy: 'k\n', 'deploy.pub': 'p\n' }), [
      'main.py',
      'deploy',
      'deploy.pub',
    ]);
  });

  it('virtual environments, whatever they are called', async () => {
    const environment = {
      'fastapi-env/pyvenv.cfg': 'home = /usr/bin\n',
      'fastapi-env/lib/python3.13/site-packages/flask/__init__.py': 'app = Flask(__name__)\n',
      'shop/own/pyvenv.cfg': 'home = /usr/bin\n',
      'shop/__init__.py': '',
    };
    assert.deepEqual(await got(environment), ['shop/__init__.py']);
  });
});

describe('of several applications', () => {
  it('one in a usual place comes first', async () => {
    const app = 'from fastapi import FastAPI\napp = FastAPI()\n';
    const files = { ...lists('fastapi', 'uvicorn'), 'app/api/v1/authen/auth_v1.py': app, 'app/main.py': app };
    assert.match(textOf(await make(files, 'serving')), /"app\.main:app"/);
  });
});
