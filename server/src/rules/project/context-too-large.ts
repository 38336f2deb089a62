import { contextSources, sentFilesOf } from '../../facts/context-sources.ts';
import { largestParts, printSize, totalSize } from '../../facts/sizes.ts';
import { defineRule, type Fix, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  large:
    'This copies {size} into the image, most of it from {parts}. Add to .dockerignore what the image does not need of it.',
  named:
    '`{path}` adds {size} to the image. Where only some of its files are needed, copy those, or add the others to .dockerignore.',
} as const;
const table = {
  megabytes: { default: 500, description: 'From which size on a copy is found, in megabytes.' },
} as const;

export default defineRule({
  code: 'context-too-large',
  name: 'context-too-large',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'project',
  summary: 'COPY takes very much of the build context along',
  why: 'What is copied is sent to the builder first and lies in a layer that is pushed and pulled as a whole, whenever one file of it changes. The message names the parts that make up most of it.',
  messages,
  options: table,
  examples: {
    good: [
      { code: 'FROM python:3.13-slim\nCOPY . /app', context: { 'pyproject.toml': '', 'src/a.py': '' } },
      {
        code: 'FROM python:3.13-slim\nCOPY . /app',
        context: { 'pyproject.toml': '', 'a.bin': { megabytes: 900 }, '.dockerignore': '*.bin' },
      },
    ],
    bad: [
      {
        code: 'FROM python:3.13-slim\nCOPY ⟦.⟧ /app',
        context: {
          'pyproject.toml': '',
          'assets/a.mp4': { megabytes: 450 },
          'assets/b.mp4': { megabytes: 450 },
        },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY ⟦assets⟧ /app/assets',
        context: { 'pyproject.toml': '', 'assets/a.mp4': { megabytes: 40 } },
        options: { megabytes: 30 },
      },
    ],
  },
  create: () => ({ COPY: check, ADD: check }),
});

function check(
  copy: Instruction,
  { facts, options, report }: RuleContext<typeof messages, typeof table>,
): void {
  const { context } = facts;
  if (!context?.files) return;
  for (const { word, path } of contextSources(facts, copy)) {
    const files = sentFilesOf(context, path);
    const size = totalSize(files);
    if (size < options.megabytes * 1e6) continue;
    if (path !== '.') {
      // Without what it names, the copy would end the build.
      report(copy.at(word), 'named', { path, size: printSize(size) });
      continue;
    }
    const largest = largestParts(files, 3).filter((part) => part.size >= size / 10);
    const parts = largest.map((part) => `\`${part.path}\` (${printSize(part.size)})`);
    report(copy.at(word), 'large', { size: printSize(size), parts: parts.join(', ') }, () =>
      largest.map((part): Fix => {
        const line = part.path.replace(/\/$/, '');
        return { title: `Add ${line} to the ignore file`, safety: 'unsafe', edits: [], ignoreLines: [line] };
      }),
    );
  }
}
