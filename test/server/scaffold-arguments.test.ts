// What a program must be given, and which programs are for use, for Add Container Files.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { argumentsOf } from '../../server/src/features/scaffold/starts/arguments.ts';
import { first, lists, nothingStarts, start } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

const started = 'if __name__ == "__main__":\n    print()\n';
const plain = (files: Files) => first({ ...lists('six==1.17.0'), ...files }, 'multi-stage');

it('what a program is given behind the name of the image takes the place of nothing', async () => {
  const files: Files = {
    ...lists('torch==2.8.0'),
    'train.py': 'import sys, torch\n\nif __name__ == "__main__":\n    print(sys.argv[1])\n',
  };
  const made = await make(files, 'training');
  assert.ok(made?.assumes.some((line) => line.startsWith('The arguments of train.py come behind')));
  assert.match(textOf(made), /^ENTRYPOINT \["python", "train\.py"\]$/m);
  const plainly = { ...files, 'train.py': 'import torch\n\nif __name__ == "__main__":\n    torch.go()\n' };
  assert.match(textOf(await make(plainly, 'training')), /^CMD \["python", "train\.py"\]$/m);
});

it('a program that makes pages of notebooks is none for use', async () => {
  const files: Files = {
    ...lists('six==1.17.0'),
    'app.ipynb': '{}',
    'src/pack.py':
      'import subprocess\n\nif __name__ == "__main__":\n    subprocess.check_call("jupyter nbconvert --to html app.ipynb", shell=True)\n',
  };
  assert.match(await plain(files), /^The project is worked with in notebooks \(app\.ipynb\)/);
});

describe('a program that does nothing without arguments', () => {
  const of = (text: string) => {
    const tree = {
      texts: new Map([['main.py', text]]),
      paths: new Set(['main.py']),
      folders: new Set<string>(),
      compiled: new Set<string>(),
      isInstalled: () => false,
      allImports: () => [],
      neededImports: () => [],
      imports: () => [],
    };
    return argumentsOf({ tree, texts: tree.texts }, 'main.py');
  };
  const click = 'import click\n@click.command()\n';
  const typer = 'import typer\napp = typer.Typer()\n';

  it('is known by what it reads its command line with', () => {
    for (const text of [
      'p.add_argument("image")',
      'p.add_argument(\n    "--data",\n    help="where (all)",\n    required=True,\n)',
      's = p.add_subparsers(dest="command")',
      'p.add_mutually_exclusive_group(required=True)',
      `${click}@click.argument("name")`,
      `${click}@click.option("--name", required=True)`,
      'import click\n@click.group()\ndef cli(): ...\n',
      `${typer}@app.command()\ndef a(name: str): ...\n`,
      `${typer}@app.command()\ndef a(): ...\n@app.command()\ndef b(): ...\n`,
      `${typer}@app.command()\ndef a(name: str = typer.Argument(...)): ...\n`,
      'import typer\ndef main(name: str, n: int = 1): ...\ntyper.run(main)\n',
      'import fire\nfire.Fire(main)\n',
      'args = docopt(__doc__)',
      'p.add_argument("--out", help="a")\ndef main():\n    if not os.path.exists(args.out):\n        os.mkdir(args.out)\n',
      'p.add_argument("-d", "--data-dir", type=str)\ndata = ImageFolder(args.data_dir, transform=t)\n',
      'p.add_argument("--in", dest="source")\nwith open(args.source) as file:\n    go(file)\n',
    ])
      assert.equal(of(text), 'told', text);
    for (const text of ['path = sys.argv[1]', 'if len(sys.argv) < 2:\n    sys.exit()\n'])
      assert.equal(of(text), 'untold', text);
    for (const text of [
      'p.add_argument("--lr", default=1)',
      'p.add_argument("image", nargs="?")',
      'p.add_argument("--out", default="runs")\nos.mkdir(args.out)\n',
      'p.add_argument("--out")\nif args.out is not None:\n    pass\nos.mkdir(args.out)\n',
      'p.add_argument("--out")\nargs.out = args.out or "runs"\nos.mkdir(args.out)\n',
      'p.add_argument("--out")\ndef main():\n    if args.mode == "a":\n        os.mkdir(args.out)\n',
      'p.add_argument("--out")\np.set_defaults(out="runs")\nos.mkdir(args.out)\n',
      'p.add_argument("--out")\nprint(args.out)\n',
      `${click}@click.argument("name", default="x")`,
      `${click}@click.option("--name")`,
      `${typer}@app.command()\ndef a(name: str = "x", *rest): ...\n`,
      'import typer\ndef main(n: int = 1): ...\ntyper.run(main)\ndef other(x): ...\n',
      'config.merge(sys.argv[1:])',
      'if len(sys.argv) > 1:\n    path = sys.argv[1]\n',
    ])
      assert.equal(of(text), undefined, text);
  });

  it('tells of itself where nothing is given', async () => {
    const files = {
      'main.py': 'from cli import main\nmain()\n',
      'cli.py': 'import argparse\np.add_argument("image")\n',
    };
    assert.match(await plain(files), /^ENTRYPOINT \["python", "main\.py"\]\nCMD \["--help"\]$/m);
    const made = await make({ ...lists('six==1.17.0'), ...files }, 'training');
    assert.match(textOf(made), /^ENTRYPOINT \["python", "main\.py"\]\nCMD \["--help"\]$/m);
    assert.deepEqual(made?.assumes.slice(1), [
      'The arguments of main.py come behind the name of the image in "docker run", as it does nothing without them.',
    ]);
  });

  it('is offered with those that README gives it, where they are there', async () => {
    const files = {
      'main.py': `${started}p.add_argument("--config", required=True)\n`,
      'configs/a.yaml': 'a: 1\n',
      'README.md': 'python main.py --config configs/a.yaml\n',
    };
    assert.equal(await plain(files), 'start? python main.py --config configs/a.yaml | python main.py');
    for (const line of ['--config <file>', '--config configs/mine.yaml', '--config path/to/a.yaml'])
      assert.match(await plain({ ...files, 'README.md': `python main.py ${line}\n` }), /^CMD \["--help"\]$/m);
  });
});

describe('a program for who keeps the project', () => {
  it('is no choice, or the last one', async () => {
    const tools = { 'convert_weights.py': started, 'tests_web/serve.py': started, 'make_docs.py': started };
    assert.equal(await plain(tools), 'start? python convert_weights.py | python make_docs.py');
    assert.equal(
      await first(
        { ...lists('six'), ...tools, 'predict.py': started, 'lib/make_icons.py': started },
        'multi-stage',
      ),
      'start? python predict.py | python convert_weights.py | python make_docs.py',
    );
    const made = await make(
      { ...lists('six'), ...tools, 'solve.py': started, 'predict.py': started },
      'multi-stage',
    );
    assert.match(textOf(made), /predict\.py/);
  });

  it('is not one that only defines something, or that a service of others calls', async () => {
    assert.match(await plain({ 'main.py': 'import x\nclass A:\n    b = 1\n' }), nothingStarts);
    assert.match(await plain({ 'lambda_function.py': started }), nothingStarts);
  });

  it('is what README starts by what runs programs of others', async () => {
    const files = { 'shop/tasks.py': 'app = 1\n', 'README.md': '$ celery -A shop.tasks worker\n' };
    assert.equal(
      await first({ ...lists('celery'), ...files }, 'multi-stage'),
      'start? celery -A shop.tasks worker',
    );
  });

  it('is a spider of Scrapy by its name', async () => {
    const spider = (name: string) => `class A(scrapy.Spider):\n    name = "${name}"\n`;
    const files: Files = {
      ...lists('scrapy==2.13.0'),
      'scrapy.cfg': '[settings]\n',
      'shop/spiders/a.py': spider('bikes'),
    };
    assert.equal(await start(files, 'multi-stage'), 'scrapy crawl bikes');
    const two = { ...files, 'shop/spiders/b.py': spider('cars') };
    assert.equal(await first(two, 'multi-stage'), 'start? scrapy crawl bikes | scrapy crawl cars');
  });

  it('is not taken from rules of Makefile that start nothing', async () => {
    const makefile = 'release:\n\tpython tool.py\nrun: x\n\tpython main.py\n';
    const files = { 'tool.py': started, 'main.py': started, Makefile: makefile };
    assert.equal(await start({ ...lists('six'), ...files }, 'multi-stage'), 'python main.py');
  });

  it('is for use where README says so', async () => {
    const files = {
      'scripts/sample.py': started,
      'tests/x.py': started,
      'main.py': started,
      'README.md': '`python tests/x.py`\n`python scripts/sample.py`\n',
    };
    assert.equal(await plain(files), 'start? python scripts/sample.py | python main.py');
  });

  it('comes behind the training, for which the image is', async () => {
    const files = {
      'detect.py': started,
      'train.py': started,
      'README.md': 'python detect.py\npython train.py\n',
    };
    assert.match(
      await first({ ...lists('numpy==2.1.0'), ...files }, 'training'),
      /^CMD \["python", "train\.py"\]$/m,
    );
  });
});
