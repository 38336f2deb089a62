// Builds of PyTorch that a list pins by their names, such as +cpu, come from an index of their own.
import { it } from 'node:test';
import { app, has, lists } from './scaffold-forms.ts';

const of = (...lines: string[]) => ({ ...lists('fastapi', 'uvicorn', ...lines), 'main.py': app });

it('are installed from the index that has them', async () => {
  await has(
    of('torch==2.3.1+cpu', 'torchvision==0.18.1+cpu'),
    /uv pip install --index-strategy unsafe-best-match --extra-index-url https:\/\/download\.pytorch\.org\/whl\/cpu -r requirements\.txt/,
  );
  await has(of('torch==2.3.1+cu121'), /--extra-index-url https:\/\/download\.pytorch\.org\/whl\/cu121 -r/);
  await has(
    of('--extra-index-url https://download.pytorch.org/whl/cpu', 'torch==2.3.1+cpu'),
    /uv pip install --index-strategy unsafe-best-match -r/,
  );
});

it('are refused where no index has all of them', async () => {
  await has(of('torch==2.3.1+cpu', 'torchvision==0.18.1+cu121'), /^PyPI has no torch==2\.3\.1\+cpu/);
});
