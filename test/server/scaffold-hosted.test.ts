// Programs that were written in the notebook of a provider, and begin with what is there alone.
import { it } from 'node:test';
import { has, lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';

const of = (text: string, more: Files = {}): Files => ({ ...lists('requests'), 'main.py': text, ...more });
const uses = (name: string) =>
  new RegExp(`uses ${name.replace(/[().]/g, '\\$&')} as it begins, which is there in`);

it('are refused where nothing stands before it', async () => {
  for (const [text, name] of [
    ['from google.colab import drive\ndrive.mount("/content/drive")\n', 'google.colab'],
    ['from google import colab\n', 'google.colab'],
    ['from kaggle_secrets import UserSecretsClient\n', 'kaggle_secrets'],
    ['token = dbutils.secrets.get("a", "b")\n', 'dbutils'],
    ['get_ipython().system("pip install requests")\n', 'get_ipython()'],
  ] as const)
    await has(of(text), uses(name), 'multi-stage');
  await has(
    of('import loader\n', { 'loader.py': 'from google.colab import files\n' }),
    uses('google.colab'),
    'multi-stage',
  );
});

it('are started where it stands behind a condition, or a package has it', async () => {
  const starts = /^ENTRYPOINT \["python", "main\.py"\]$/m;
  for (const text of [
    'try:\n    from google.colab import drive\nexcept ImportError:\n    drive = None\n',
    'def mount():\n    from google.colab import drive\n    drive.mount("/content")\n',
    'if "get_ipython" in globals():\n    get_ipython().system("ls")\n',
    '"""\nfrom google.colab import drive\n"""\n',
  ])
    await has(of(`${text}print()\n`), starts, 'multi-stage');
  const listed = { ...lists('google-colab'), 'main.py': 'from google.colab import files\nprint()\n' };
  await has(listed, starts, 'multi-stage');
});
