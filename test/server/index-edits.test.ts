// What uv is told to take from an index of PyTorch, in pyproject.toml files of many layouts: TOML's own parser reads what
// was asked for, every line that has nothing to do with it stays, and so do the line ends.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { takeFromIndex } from '../../server/src/facts/index-edits.ts';
import { readPyproject } from '../../server/src/project/pyproject.ts';
import { readTomlPlaces } from '../../server/src/syntax/toml-places.ts';
import { applyEdits } from '../../server/src/text/edit.ts';

const cpu = 'https://download.pytorch.org/whl/cpu';
const head = '[project]\nname = "bikes"  # of a city\ndependencies = ["torch", "torchvision"]\n';

/** The file for CUDA 12.8, where torch came from the CPU index or none. */
function mend(text: string, from: string | undefined = 'cpu'): string | undefined {
  const { project } = readPyproject(text);
  assert.ok(project, 'the file can be read');
  const edits = takeFromIndex(text, project, ['torch', 'torchvision'], 'cu128', from);
  return edits && applyEdits(text, edits);
}

const layouts: Readonly<Record<string, string>> = {
  'nothing of uv': head,
  'no line end': head.trimEnd(),
  'another table behind': `${head}\n# how it is built\n[build-system]\nrequires = ["hatchling"]\n`,
  'a table of uv': `${head}\n[tool.uv]\npackage = true # yes\n# dev-dependencies = []\n\n[tool.ruff]\nline-length = 99\n`,
  'a table of sources': `${head}\n[tool.uv.sources]\n# our own\nparts = { path = "../parts" }  # beside\n\n[tool.ruff]\nline-length = 99\n`,
  'an empty table of sources': `${head}\n[tool.uv.sources]\n[tool.ruff]\nline-length = 99\n`,
  'sources in one line': `${head}[tool.uv]\nsources = { parts = { path = "../parts" } } # all\n`,
  'sources in one line, none': `${head}[tool.uv]\nsources = {}\n`,
  'sources by dots': `${head}[tool.uv]\nsources.parts = { path = "../parts" }\npackage = false\n`,
  'sources by dots from the root': `tool.uv.sources.parts.path = "../parts"\n${head}`,
  'a table for each source': `${head}[tool.uv.sources.parts]\npath = "../parts"\n\n[tool.ruff]\nline-length = 99\n`,
  'another index': `${head}\n[[tool.uv.index]]\nname = "corp"\nurl = "https://pypi.example.org/simple"\ndefault = true\n\n[tool.ruff]\nline-length = 99\n`,
  'an index as a list': `${head}[tool.uv]\nindex = [\n  # ours\n  { name = "corp", url = "https://pypi.example.org/simple" },\n]\n`,
  'an index as a short list': `${head}[tool.uv]\nindex = [{ name = "corp", url = "https://pypi.example.org/simple" }]\n`,
  'an index as an empty list': `${head}[tool.uv]\nindex = []\n`,
  'the index of the CPU build': `${head}[[tool.uv.index]]\nname = "pytorch-cpu"\nurl = "${cpu}"\nexplicit = true\n\n[tool.uv.sources]\ntorch = { index = "pytorch-cpu" } # small\ntorchvision = { index = 'pytorch-cpu' }\n`,
  'one for each platform': `${head}[[tool.uv.index]]\nname = "pytorch-cpu"\nurl = "${cpu}"\n\n[tool.uv.sources]\ntorch = [\n  { index = "pytorch-cpu", marker = "sys_platform == 'linux'" }, # small\n  { index = "mac", marker = "sys_platform == 'darwin'" },\n]\n[[tool.uv.index]]\nname = "mac"\nurl = "https://pypi.example.org/simple"\n`,
  'a source by dots': `${head}[[tool.uv.index]]\nname = "c"\nurl = "${cpu}"\n[tool.uv.sources]\ntorch.index = "c"\n`,
  'a table of one source': `${head}[[tool.uv.index]]\nname = "c"\nurl = "${cpu}"\n[tool.uv.sources.torch]\nindex = "c"\n`,
  'the index is there': `${head}[[tool.uv.index]]\nname = "gpu"\nurl = "https://download.pytorch.org/whl/cu128"\n`,
  'the name is taken': `${head}[[tool.uv.index]]\nname = "pytorch-cu128"\nurl = "https://mirror.example.org/torch"\n`,
  'texts of several lines': `${head}description = """\n[tool.uv.sources]\ntorch = 1\n"""\nkeywords = [\n  "a", # [tool.uv]\n  'b]',\n]\n[tool . "uv" . sources]\n"parts" = {path="../p"}\n`,
  'a mark of the byte order': `\ufeff${head}`,
};

describe('pyproject.toml that is told of an index', () => {
  for (const [name, text] of Object.entries(layouts)) {
    for (const [kind, written] of [
      ['', text],
      [' with CRLF', text.replaceAll('\n', '\r\n')],
    ] as const) {
      it(name + kind, () => {
        const mended = mend(written);
        assert.ok(mended !== undefined);
        const { project } = readPyproject(mended);
        const before = readPyproject(written).project;
        assert.ok(project, mended);
        const indexes = new Map(project.uv.indexes.map((index) => [index.name, index.url]));
        for (const wanted of ['torch', 'torchvision']) {
          const first: string | undefined = project.uv.sources.get(wanted)?.[0];
          assert.equal(indexes.get(first), 'https://download.pytorch.org/whl/cu128', mended);
        }
        // All else says what it said.
        assert.deepEqual(project.dependencies, before?.dependencies);
        for (const index of before?.uv.indexes ?? []) assert.equal(indexes.get(index.name), index.url);
        for (const [source, names] of before?.uv.sources ?? [])
          if (!source.startsWith('torch')) assert.deepEqual(project.uv.sources.get(source), names);
        const touched = /torch|sources|^index =/;
        for (const line of written.split('\n').filter((one) => !touched.test(one)))
          assert.ok(
            mended.split('\n').includes(line) || written.endsWith(line),
            `${line} stays in\n${mended}`,
          );
        for (const [comment] of written.matchAll(/#.*/g)) assert.ok(mended.includes(comment), comment);
        if (kind !== '') assert.doesNotMatch(mended, /[^\r]\n/);
        assert.equal(mend(mended), mended, 'done once, there is nothing to do');
      });
    }
  }

  it('looks as the uv documentation writes it', () => {
    assert.equal(
      mend(head),
      `${head}\n[[tool.uv.index]]\nname = "pytorch-cu128"\nurl = "https://download.pytorch.org/whl/cu128"\nexplicit = true\n\n[tool.uv.sources]\ntorch = { index = "pytorch-cu128" }\ntorchvision = { index = "pytorch-cu128" }\n`,
    );
    const both = mend(layouts['one for each platform'] ?? '') ?? '';
    assert.ok(both.includes(`{ index = "pytorch-cu128", marker = "sys_platform == 'linux'" }, # small`));
    assert.ok(both.includes(`{ index = "mac", marker = "sys_platform == 'darwin'" },`));
  });

  it('is left alone where a source says something else, or there is no place', () => {
    const own = (source: string) => `${head}[tool.uv.sources]\ntorch = ${source}\n`;
    assert.equal(mend(own('{ path = "../torch" }')), undefined);
    assert.equal(mend(own('{ git = "https://github.com/pytorch/pytorch" }')), undefined);
    assert.equal(
      mend(
        `${head}[[tool.uv.index]]\nname = "m"\nurl = "https://m.example.org"\n[tool.uv.sources]\ntorch = { index = "m" }\n`,
      ),
      undefined,
    );
    assert.equal(mend(`${head}[tool]\nuv = { package = true }\n`), undefined);
  });

  it('has places for what can be read alone', () => {
    for (const broken of [
      '[project',
      'a b = 1\n',
      'a = [1, 2\n',
      'a = "x\n',
      'a =\n',
      'a = 1 b = 2\n',
      '= 1\n',
      'a = ]\n',
    ])
      assert.equal(readTomlPlaces(broken), undefined, broken);
    const text = 'a.b = 1 # x\n[ t . "u v" ]\nc = [ { d = "]" } ] # }\n\n[[t.w]]\n';
    assert.deepEqual(
      readTomlPlaces(text)?.map(({ path, entries, end }) => [
        path.join('/'),
        entries.map((one) => text.slice(one.value.start, one.value.end)),
        end,
      ]),
      [
        ['', ['1'], 12],
        ['t/u v', ['[ { d = "]" } ]'], 50],
        ['t/w', [], 59],
      ],
    );
  });
});
