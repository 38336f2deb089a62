import { hasFlag } from '../../facts/command-flags.ts';
import { type RequiredPackage, requiredPackages } from '../../facts/required-packages.ts';
import { torchRelease } from '../../facts/torch.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

export default defineRule({
  code: 'torch-family-mismatch',
  name: 'torch-family-mismatch',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'torch',
  summary: 'torchvision or torchaudio does not belong to this torch',
  why: 'Each release of torchvision asks for exactly one release of torch (`Requires-Dist: torch==…` in its metadata on PyPI), and so did torchaudio, so pip and uv end with "Cannot install … because these package versions have conflicting dependencies". The pairs are those of PyPI’s metadata; releases that the table does not know are left alone.',
  messages: {
    pair: '{name} {version} is for another torch than {torch}, so the install stops. Write `{name}=={wanted}`, the one for torch {torch}.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12-slim\nRUN pip install torch==2.7.1 torchvision==0.22.1 torchaudio==2.7.1' },
      {
        code: 'FROM python:3.12-slim\nRUN pip install torch==2.7.1+cu128 torchvision==0.22.1+cu128 --extra-index-url https://download.pytorch.org/whl/cu128',
      },
      {
        code: 'FROM python:3.12-slim\nRUN pip install --no-deps torch==2.7.1 torchvision==0.21.0',
        note: 'nothing is compared',
      },
      { code: 'FROM python:3.12-slim\nRUN pip install torch==2.7.1 torchvision' },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install torch==2.7.1 torchvision==⟦0.21.0⟧',
        fixed: 'FROM python:3.12-slim\nRUN pip install torch==2.7.1 torchvision==0.22.1',
      },
      {
        code: 'FROM python:3.12-slim\nRUN uv pip install --system "torchaudio==⟦2.5.1⟧" torch==2.6.0+cpu',
        fixed: 'FROM python:3.12-slim\nRUN uv pip install --system "torchaudio==2.6.0" torch==2.6.0+cpu',
      },
      {
        code: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r ⟦requirements.txt⟧',
        context: { 'requirements.txt': 'torch==2.8.0\ntorchvision==0.22.1\n' },
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!/torch|requirements/.test(run.node.text)) return;
      const named = requiredPackages(facts, run);
      for (const torch of named.filter(({ name, exact }) => name === 'torch' && exact !== undefined)) {
        const release = torchRelease(torch.exact ?? '');
        if (!release || hasFlag(torch.command, ['no-deps'])) continue;
        for (const other of named) {
          if (other.command !== torch.command || other.exact === undefined) continue;
          const wanted =
            other.name === 'torchvision' ? release.vision : other.name === 'torchaudio' ? release.audio : [];
          const [first] = wanted;
          const version = other.exact.replace(/\+.*/s, '');
          if (!first || wanted.includes(version)) continue;
          const data = { name: other.name, version, torch: release.version, wanted: first };
          const span = versionSpan(run, other, version);
          report(
            span ?? run.at(other.word),
            'pair',
            data,
            (): Fix | undefined =>
              span && {
                title: `Use ${other.name} ${first}`,
                safety: 'unsafe',
                edits: [{ span, text: first }],
              },
          );
        }
      }
    },
  }),
});

/** Where the version stands, where the command itself names it. */
function versionSpan(run: Instruction, { word, file }: RequiredPackage, version: string) {
  const at = file === undefined ? word.raw.lastIndexOf(version) : -1;
  return at < 0 ? undefined : run.at({ from: word.from + at, to: word.from + at + version.length });
}
