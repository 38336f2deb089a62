// Where a program writes what it was started for, which goes with its container unless a folder is mounted for it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lists } from './scaffold-forms.ts';
import { make } from './scaffold-world.ts';

const told = async (code: string) =>
  (
    (
      await make(
        { ...lists('pandas', 'click'), 'main.py': `${code}\nif __name__ == "__main__":\n    print()\n` },
        'multi-stage',
      )
    )?.assumes ?? []
  ).filter((line) => /lost with|docker cp|unless the program makes/.test(line));
const kept = (name: string) =>
  `${name} is mounted below /app and user 10001 may write there, as what the program keeps there is lost with its container.`;
const given = (name: string) =>
  `What ${name} tells lies in a folder that is mounted and that user 10001 may write, as anything else is lost with the container.`;
const option = (...rest: string[]) =>
  `import argparse\np = argparse.ArgumentParser()\np.add_argument(${rest.join(', ')})`;

describe('what a program writes', () => {
  it('goes into a folder that an option or a variable names', async () => {
    for (const [code, ...lines] of [
      [option('"--outdir"', 'default="found"'), kept('found')],
      [option('"-o"', '"--output-dir"', "default='./found/a'"), kept('found')],
      ['ROOT = Path(__file__).parent\nOUTPUT_DIR = ROOT / "found"\nOUTPUT_DIR.mkdir()', kept('found')],
      ['config.output_dir = str(Path(__file__).parent / "outputs")\nx.mkdir()', kept('outputs')],
      // What lies below another place is none of the image's folders.
      ['(output_dir / "reports").mkdir()'],
      ['p.add_argument(\n    "--x",\n    dest="page",\n)\nx.mkdir()'],
      ['config.output_dir = data.get("shape")\nx.mkdir()'],
      [
        `${option('"--outdir"', 'default="output"')}\ncache = outdir / "found.csv"\nread_csv(cache)`,
        kept('output'),
      ],
    ] as const)
      assert.deepEqual(await told(code), lines, code);
  });

  it('goes where a person tells', async () => {
    for (const [code, ...lines] of [
      [option('"--output"', 'type=Path', 'required=True'), given('--output')],
      [option('"-o"', '"--out"'), given('--out')],
      [option('"--out-file"', 'default="a.csv"'), given('--out-file')],
      [
        'import click\n@click.command()\n@click.option("--output")\ndef main(output): pass',
        given('--output'),
      ],
      [option('"--output"', 'choices=["json", "csv"]')],
      [option('"--timeout"', 'type=int')],
    ] as const)
      assert.deepEqual(await told(code), lines, code);
  });

  it('is taken out where it lies beside the program', async () => {
    assert.deepEqual(await told('df.to_csv("found.csv")\nplt.savefig("a.png")'), [
      'found.csv, a.png, which the program writes, are taken out of the container by "docker cp", as nothing else holds them.',
    ]);
    assert.deepEqual(await told('df.to_csv(path)'), []);
    for (const [file, code] of [
      ['found.avi', 'out = cv2.VideoWriter("found.avi", code, 20.0, (640, 480))'],
      ['found.avi', 'OUT = "found.avi"\nout = cv2.VideoWriter(OUT, code, 20.0, (640, 480))'],
      ['net.pt', 'torch.save(model.state_dict(), "net.pt")'],
      ['net.pt', 'PATH = "net.pt"\ntorch.save(model.state_dict(), PATH)'],
      ['net.h5', 'model.save("net.h5")'],
      ['found.xlsx', 'with pd.ExcelWriter("found.xlsx") as w:\n    df.to_excel(w)'],
      ['found.json', 'with open("found.json", "w") as f:\n    json.dump(x, f)'],
      ['found.csv', 'w = csv.writer(open("found.csv", "w", newline=""))'],
    ] as const)
      assert.deepEqual(
        await told(code),
        [
          `${file}, which the program writes, is taken out of the container by "docker cp", as nothing else holds it.`,
        ],
        code,
      );
    for (const code of [
      'with open("a.wav", "wb") as f:\n    f.write(x)\nplay(open("a.wav", "rb"))',
      'img.save("a.png")\nos.remove("a.png")',
      'torch.load("")',
    ])
      assert.ok(
        (await told(code)).every((line) => !line.includes('docker cp')),
        code,
      );
  });
});
