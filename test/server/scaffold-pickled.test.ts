// Objects that Python wrote are read with what wrote them: its packages are installed, in the release that stands in the file.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { deflateSync, gzipSync } from 'node:zlib';
import { readUnpackedUri } from '../../server/src/adapters/node-files.ts';
import { loadedFiles } from '../../server/src/features/scaffold/packages/pickled.ts';
import { scaffold } from '../../server/src/features/scaffold.ts';
import { pickledIn, readPickles } from '../../server/src/project/pickles.ts';
import { createFolderService } from './folder-service.ts';
import { lists } from './scaffold-forms.ts';
import { know } from './scaffold-world.ts';

const short = (text: string) =>
  Buffer.concat([Buffer.from([0x8c, text.length]), Buffer.from(text), Buffer.from([0x94])]);
/** As protocol 4 writes an object of a class, with a release in its state. */
const object = (module: string, name: string, ...rest: Buffer[]) =>
  Buffer.concat([
    Buffer.from([0x80, 4, 0x95]),
    Buffer.alloc(8),
    short(module),
    short(name),
    Buffer.from([0x93, 0x94]),
    ...rest,
    Buffer.from('.'),
  ]);
const learn = object('sklearn.svm._classes', 'SVC', short('_sklearn_version'), short('1.3.0'));
const boost = object(
  'xgboost.sklearn',
  'XGBClassifier',
  Buffer.from('version[#L\0\0\0\0\0\0\0\x03i\x02i\x01i\x04', 'latin1'),
);
/** As protocol 2 writes it. */
const old = Buffer.from('\x80\x02cpandas.core.indexes.numeric\nInt64Index\nq\x00.', 'latin1');
const top = 'file:///x/';
const asText = (bytes: Buffer) => new TextDecoder().decode(bytes);

async function madeOf(names: readonly string[], files: Readonly<Record<string, Buffer>>, text: string) {
  const known = await know({ ...lists(...names), 'main.py': `import joblib\n${text}\n` });
  const all = Object.entries(files).map(([path, { length }]) => ({ path, size: length }));
  const read = async (uri: string) => asText(files[uri.slice(top.length)] ?? Buffer.alloc(0));
  const pickled = await readPickles({ files: all } as never, loadedFiles(known.texts), top.slice(0, -1), {
    readFile: read,
  });
  let answers: Record<string, string> = { releases: 'newest', present: 'new' };
  for (;;) {
    const made = scaffold({ ...known, pickled }, { kind: 'multi-stage', answers });
    const { question } = made ?? {};
    if (!question) {
      const [, words = ''] = /-r requirements\.txt(.*)$/m.exec(made?.files[0]?.text ?? '') ?? [];
      return { words: words.trim(), assumes: made?.assumes ?? [] };
    }
    answers = { ...answers, [question.id]: question.choices[0]?.value ?? '' };
  }
}

describe('objects that lie beside programs', () => {
  it('are told by their opcodes', () => {
    assert.deepEqual(pickledIn(asText(learn)), {
      modules: ['sklearn.svm._classes'],
      versions: new Map([['scikit-learn', '1.3.0']]),
    });
    assert.deepEqual(pickledIn(asText(boost)).versions, new Map([['xgboost', '2.1.4']]));
    assert.deepEqual(pickledIn(asText(old)).modules, ['pandas.core.indexes.numeric']);
    // pickle.dumps(["keras", "spacy", "prophet", "x", "y"], 4)
    const words =
      '80049527000000000000005d94288c056b65726173948c057370616379948c0770726f70686574948c0178948c017994652e';
    assert.deepEqual(pickledIn(asText(Buffer.from(words, 'hex'))).modules, []);
    assert.deepEqual(pickledIn('version https://git-lfs.github.com/spec/v1\n').modules, []);
  });

  it('are read, as far as they are small and a program loads them', async () => {
    const files = [
      { path: 'a/m.pkl', size: learn.length },
      { path: 'b.joblib', size: 90_000_000 },
      { path: 'c.csv', size: 5 },
      { path: 'other.pkl', size: learn.length },
    ];
    const asked: string[] = [];
    const isLoaded = loadedFiles(
      new Map([['main.py', 'pickle.load(open("a/m.pkl"))\njoblib.load("b.joblib")\nx("c.csv")']]),
    );
    const found = await readPickles({ files } as never, isLoaded, 'file:///x', {
      readFile: async (uri) => {
        asked.push(uri);
        return asText(learn);
      },
    });
    assert.deepEqual(asked, ['file:///x/a/m.pkl']);
    // What loads any file is called with the name of one.
    const helper = 'def load(path):\n    return pickle.load(open(path, "rb"))\n';
    const elsewhere = (text: string) =>
      loadedFiles(
        new Map([
          ['utils.py', text],
          ['main.py', 'utils.load(join("a", "m.pkl"))'],
        ]),
      );
    assert.ok(elsewhere(helper)('a/m.pkl'));
    assert.ok(!elsewhere(helper)('other.pkl'));
    assert.ok(!elsewhere('')('a/m.pkl'));
    assert.deepEqual([...found.keys()], ['a/m.pkl']);
  });

  it('have what wrote them, in its release', async () => {
    const one = await madeOf(['joblib', 'pandas'], { 'm.pkl': learn }, 'joblib.load("m.pkl")');
    assert.equal(one.words, "scikit-learn==1.3.0 'numpy<2'");
    assert.ok(one.assumes.includes('scikit-learn 1.3.0 is installed, as m.pkl was written with it.'));
    const two = await madeOf(['joblib', 'xgboost'], { 'b.joblib': boost }, "joblib.load('b.joblib')");
    assert.equal(two.words, 'xgboost==2.1.4 scikit-learn');
    assert.ok(
      two.assumes.includes(
        'scikit-learn is installed beside what the project names, as b.joblib holds objects of it.',
      ),
    );
    const three = await madeOf(['joblib', 'pandas'], { 'd.pkl': old }, 'joblib.load("d.pkl")');
    assert.match(three.words, /^'pandas<2'/);
  });

  it('are nothing to a program that does not load them, and bound nothing that is bound', async () => {
    const none = await madeOf(['joblib', 'pandas'], { 'm.pkl': learn }, 'joblib.load("other.pkl")');
    assert.equal(none.words, '');
    const held = await madeOf(['joblib', 'scikit-learn==1.5.2'], { 'm.pkl': learn }, 'joblib.load("m.pkl")');
    assert.doesNotMatch(held.words, /scikit-learn/);
    assert.ok(
      held.assumes.includes('m.pkl, which was written with scikit-learn 1.3.0, is read by 1.5.2 as well.'),
    );
  });
});

describe('objects that are packed', () => {
  const heads: Readonly<Record<string, Buffer>> = {
    bz2: Buffer.from('BZh91AY'),
    xz: Buffer.from('\xfd7zXZ\0', 'latin1'),
    lz4: Buffer.from('\x04"M\x18', 'latin1'),
  };

  async function inFolder<T>(
    files: Readonly<Record<string, string | Buffer>>,
    look: (folder: string) => Promise<T>,
  ) {
    const folder = mkdtempSync(path.join(tmpdir(), 'pickles-'));
    try {
      for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
      return await look(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  const made = (name: string, packed: Buffer, list = 'joblib\npandas\n') =>
    inFolder(
      {
        '.python-version': '3.11\n',
        'requirements.txt': list,
        'main.py': `import joblib\nprint(joblib.load("${name}"))\n`,
        [name]: packed,
      },
      async (folder) => {
        const service = await createFolderService();
        const request = { folder: pathToFileURL(folder).href, kind: 'multi-stage' } as const;
        const found = await service.scaffold({ ...request, answers: { releases: 'newest' } });
        const [, words = ''] = /-r requirements\.txt(.*)$/m.exec(found?.files[0]?.text ?? '') ?? [];
        return { words: words.trim(), assumes: found?.assumes ?? [] };
      },
    );

  it('are unpacked where zlib or gzip did it, at any level', async () => {
    for (const [name, packed] of [
      ['a.pkl', deflateSync(learn, { level: 3 })],
      ['a.joblib', deflateSync(learn, { level: 9 })],
      ['b.sav', deflateSync(learn, { level: 0 })],
      ['a.pkl.gz', gzipSync(learn)],
      ['m.joblib', gzipSync(learn).subarray(0, -6)],
    ] as const) {
      const { words, assumes } = await made(name, packed);
      assert.equal(words, "scikit-learn==1.3.0 'numpy<2'", name);
      assert.ok(assumes.includes(`scikit-learn 1.3.0 is installed, as ${name} was written with it.`), name);
    }
  });

  it('are told where they cannot be', async () => {
    for (const [name, head] of Object.entries(heads)) {
      const { words, assumes } = await made(`a.pkl.${name}`, head);
      assert.equal(words, name === 'lz4' ? 'lz4' : '');
      const line = `The releases that are installed read a.pkl.${name}, of which ${name} hides what wrote it.`;
      assert.ok(assumes.includes(line), assumes.join(' '));
    }
  });

  it('are read up to a limit', async () => {
    const read = (packed: Buffer, limit: number) =>
      inFolder({ 'a.pkl': packed }, (folder) =>
        readUnpackedUri(pathToFileURL(path.join(folder, 'a.pkl')).href, limit),
      );
    assert.equal((await read(deflateSync(Buffer.alloc(5_000_000, 'a')), 100_000))?.length, 100_000);
    assert.equal(await read(Buffer.from('xyz'), 100_000), undefined);
    assert.equal(await read(deflateSync(Buffer.from('abc')), 5), undefined);
  });
});
