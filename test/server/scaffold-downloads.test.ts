// What a program downloads when it starts goes with its container, and what it installs for a GPU may be of no use.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make } from './scaffold-world.ts';

const told = async (code: string, words: string, more: Files = {}) =>
  (
    (
      await make(
        {
          ...lists('torch', 'torchvision', 'transformers', 'nltk', 'openai-whisper'),
          'main.py': `${code}\nif __name__ == "__main__":\n    print()\n`,
          ...more,
        },
        'multi-stage',
      )
    )?.assumes ?? []
  ).filter((line) => line.includes(words));

describe('what a program downloads', () => {
  const line = (folder: string) =>
    `Each new container downloads what its program keeps in /app/${folder}, unless a volume that user 10001 may write is mounted there.`;

  it('is told with the folder that keeps it', async () => {
    for (const [code, folder] of [
      ['model = resnet18(weights=ResNet18_Weights.DEFAULT)', '.cache/torch'],
      ['model = models.resnet50(pretrained=True)', '.cache/torch'],
      ['model = AutoModel.from_pretrained("openai/clip")', '.cache/huggingface'],
      ['NAME = "openai/clip"\nmodel = AutoModel.from_pretrained(NAME)', '.cache/huggingface'],
      ['model = SentenceTransformer("all-MiniLM-L6-v2")', '.cache/huggingface'],
      ['model = whisper.load_model("base")', '.cache/whisper'],
      ['nltk.download("punkt")', 'nltk_data'],
    ] as const)
      assert.deepEqual(await told(code, 'Each new'), [line(folder)], code);
  });

  it('is nothing where it lies in the project or goes elsewhere', async () => {
    const model = { 'my/clip/config.json': '{}' };
    for (const code of [
      'model = AutoModel.from_pretrained("my/clip")',
      'model = AutoModel.from_pretrained("./clip")',
      'model = AutoModel.from_pretrained(path)',
      'model = AutoModel.from_pretrained("openai/clip", cache_dir="x")',
      'model = models.resnet50(pretrained=False)',
    ])
      assert.deepEqual(await told(code, 'Each new', model), [], code);
  });
});

describe('a torch for GPUs', () => {
  const cpu = 'whl/cpu';

  it('is told where no program uses one', async () => {
    assert.equal((await told('import torch\nx = torch.zeros(1)', cpu)).length, 1);
    for (const code of [
      'import torch\nx = torch.zeros(1).to(where)',
      'import torch\nd = "cuda" if torch.cuda.is_available() else "cpu"',
      'import torch\nfrom transformers import pipeline',
      'print()',
    ])
      assert.deepEqual(await told(code, cpu), [], code);
    const index = { 'requirements.txt': '--extra-index-url https://download.pytorch.org/whl/cpu\ntorch\n' };
    assert.deepEqual(await told('import torch', cpu, index), []);
  });
});
