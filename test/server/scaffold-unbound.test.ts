// Names that a program takes out of modules of its project, for Add Container Files.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { first, lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';

const refused = async (main: string, more: Files) => {
  const text = await first({ ...lists('six==1.17.0'), 'main.py': `${main}\n`, ...more }, 'multi-stage');
  return /^\S+ imports /.test(text) ? text : undefined;
};

describe('a name that a module of the project has not', () => {
  it('ends a start, which is declined', async () => {
    const why = (path: string, name: string, module: string, other = 'shop/node.py') =>
      `${path} imports ${name} of ${module}, which has no such name, as ${other} does: correct it, then add the files again.`;
    const shop = {
      'shop/__init__.py': '# from .node import Node\n',
      'shop/node.py': 'class Node:\n    pass\n',
      'b/edge.py': 'def Edge(a):\n    pass\n',
    };
    assert.equal(await refused('from shop import Node', shop), why('main.py', 'Node', 'shop/__init__.py'));
    assert.equal(
      await refused('from shop import Node', { ...shop, 'shop/__init__.py': '' }),
      why('main.py', 'Node', 'shop/__init__.py'),
    );
    assert.equal(
      await refused('from shop.node import (\n    Node,\n    Edge,\n)', shop),
      why('main.py', 'Edge', 'shop/node.py', 'b/edge.py'),
    );
    assert.equal(
      await refused('import shop.walk', { ...shop, 'shop/walk.py': 'from .node import Edge as E\n' }),
      why('shop/walk.py', 'Edge', 'shop/node.py', 'b/edge.py'),
    );
    assert.equal(
      await refused('from names import A', { 'names.py': 'B = 1\n', 'c.py': 'async def A():\n    pass\n' }),
      why('main.py', 'A', 'names.py', 'c.py'),
    );
  });

  it('is missing where the module is empty', async () => {
    assert.equal(
      await refused('from database import engine', { 'database.py': '' }),
      'main.py imports engine of database.py, which is empty: write it there, then add the files again.',
    );
    assert.equal(await refused('from shop import node_pb2', { 'shop/__init__.py': '' }), undefined);
  });

  it('is looked for in what the module may have otherwise', async () => {
    const other = { 'c.py': 'class A:\n    pass\n' };
    for (const [main, text] of [
      ['from names import A', 'A = 1'],
      ['from names import A', 'from six import A'],
      ['from names import A', 'from six import *'],
      ['from names import A', 'def __getattr__(name):\n    return name'],
      ['from names import A', 'globals().update(a)'],
      ['from names import *', 'B = 1'],
      ['from names import __version__', 'B = 1'],
      ['try:\n    from names import A\nexcept ImportError:\n    A = 1', 'B = 1'],
      ['def late():\n    from names import A\n    return A', 'B = 1'],
      ['# from names import A', 'B = 1'],
    ] as const)
      assert.equal(await refused(main, { ...other, 'names.py': `${text}\n` }), undefined, `${main} ${text}`);
    assert.equal(await refused('from names import A', { 'names.py': 'B = 1\n' }), undefined);
    const part = { 'shop/__init__.py': 'B = 1\n', 'shop/node.py': 'C = 1\n', 'shop/web/page.py': 'D = 1\n' };
    assert.equal(await refused('from shop import node, web\nfrom shop.web import page', part), undefined);
  });
});
