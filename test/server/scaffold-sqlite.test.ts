// Where a database lies that is a file, and what makes its tables, as Add Container Files tells it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { app, lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make } from './scaffold-world.ts';

const told = async (files: Files, word: string, kind: 'serving' | 'multi-stage' = 'serving') =>
  (await make(files, kind))?.assumes.filter((line) => line.includes(word)).join(' ') ?? 'nothing made';
const api = (code: string, more: Files = {}): Files => ({
  ...lists('fastapi==0.115.0', 'uvicorn==0.30.0', 'sqlalchemy==2.0.36'),
  'main.py': `import os\nimport sqlite3\nfrom pathlib import Path\n${app}${code}\n`,
  ...more,
});
const flask = (code: string, more: Files = {}, version = '3.1.1'): Files => ({
  ...lists('flask==3.1.0', 'gunicorn==23.0.0', `flask-sqlalchemy==${version}`),
  'app.py': `import os\nfrom flask import Flask\napp = Flask(__name__)\n${code}\n`,
  ...more,
});

describe('a database of SQLite', () => {
  const lies = 'The database of SQLite lies in the container';

  it('is told with its place, and with what names another one', async () => {
    for (const [code, rest] of [
      [
        'URL = os.getenv("DATABASE_URL", "sqlite:///./shop.db")',
        ' at /app/shop.db, unless DATABASE_URL names one in a volume that user 10001 may write.',
      ],
      [
        'URL = "sqlite+aiosqlite:///shop.db"',
        ' at /app/shop.db, unless a file that user 10001 may write is mounted there.',
      ],
      [
        'URL = "sqlite:////var/lib/shop/a.db"',
        ' at /var/lib/shop/a.db, unless a volume that user 10001 may write is mounted at /var/lib/shop.',
      ],
      [
        'DB = Path(__file__).parent / "state" / "a.sqlite3"\nsqlite3.connect(DB)',
        ' at /app/state/a.sqlite3, unless a volume that user 10001 may write is mounted at /app/state.',
      ],
      ['sqlite3.connect("a.db")', ' at /app/a.db, unless a file that user 10001 may write is mounted there.'],
      // Two of them, and one whose place is not known.
      ['sqlite3.connect("a.db")\nsqlite3.connect("b.db")', ', unless a volume is mounted where it is.'],
      [
        'DB = os.path.join(where(), "a.db")\nsqlite3.connect(DB)',
        ', unless a volume is mounted where it is.',
      ],
    ] as const)
      assert.equal(await told(api(code), 'SQLite'), `${lies}${rest}`, code);
    assert.equal(await told(api('URL = "postgresql://db/x"'), 'SQLite'), '');
    assert.equal(await told(api('sqlite3.connect(":memory:")'), 'SQLite'), '');
  });

  it('is one of the folder of Flask, as Flask-SQLAlchemy 3 has it', async () => {
    const uri = 'app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///shop.db"';
    const instance = `${lies} at /app/instance/shop.db, unless a volume that user 10001 may write is mounted at /app/instance.`;
    assert.equal(await told(flask(uri), 'SQLite'), instance);
    assert.equal(
      await told(flask(uri, {}, '2.5.1'), 'SQLite'),
      `${lies}, unless a volume is mounted where it is.`,
    );
    assert.equal(
      await told(
        flask('app.config.from_pyfile("settings.cfg.py")', {
          'settings.cfg.py': 'SQLALCHEMY_DATABASE_URI = "sqlite:///shop.db"\n',
        }),
        'SQLite',
      ),
      instance,
    );
  });
});

describe('tables of a database', () => {
  const command = '@app.cli.command("init-db")\ndef init():\n    db.create_all()\n';

  it('are made in the container where that holds the file', async () => {
    const uri = (url: string) => `app.config["SQLALCHEMY_DATABASE_URI"] = "${url}"\n${command}`;
    assert.match(
      await told(flask(uri('sqlite:///shop.db')), 'init-db'),
      /^"flask init-db" is run in the container \(docker exec\)/,
    );
    assert.equal(
      await told(flask(uri('postgresql://db/shop')), 'init-db'),
      '"flask init-db" was run on the database before.',
    );
  });

  it('are made by the function that a server does not call', async () => {
    const files = (call: string): Files => ({
      ...lists('flask==3.1.0', 'gunicorn==23.0.0'),
      Procfile: 'web: gunicorn app:app\n',
      'app.py': `import sqlite3\nfrom flask import Flask\napp = Flask(__name__)\n\ndef init_db(path="a.db"):\n    sqlite3.connect(path).execute("")\n\nif __name__ == "__main__":\n    ${call}\n    app.run(host="0.0.0.0")\n`,
    });
    const line = (call: string) => told(files(call), 'does without');
    assert.match(
      await line('init_db()'),
      /\(python -c "from app import init_db; init_db\(\)", in the container/,
    );
    assert.match(await line('init_db("b.db")'), /init_db\(\) of app\.py, or it was done before, as/);
  });
});
