import { defineRule, type Fix, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { behindInOrder } from '../../text/in-order.ts';

const messages = {
  image: 'condaforge/mambaforge gets no new releases. Write `{right}`, which has mamba as well.',
  oldImage:
    'condaforge/mambaforge gets no new releases. Write `condaforge/miniforge3:23.3.1-1` or a later one: those have mamba as well.',
  installer: 'Mambaforge gets no new releases. Write `Miniforge3` in its place, which has mamba as well.',
  oldInstaller:
    'Mambaforge gets no new releases. Write `Miniforge3` in its place, and 23.3.1-1 or a later release in the URL: those have mamba as well.',
} as const;
/** An installer's name, in `…/latest/download/Mambaforge-Linux-x86_64.sh` or a version's folder; that with PyPy had no heir. */
const installer = [/conda-forge\/miniforge\/releases\//, /Mambaforge(?!-pypy)/] as const;

export default defineRule({
  code: 'mambaforge-retired',
  name: 'mambaforge-retired',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'base-image',
  summary: 'Mambaforge, which was retired, is used',
  why: 'Since release 23.3.1 of August 2023 Miniforge3 brings mamba too, and Mambaforge was the same under another name. conda-forge announced its end in July 2024 and builds no Mambaforge since January 2025 (conda-forge/miniforge#615), so its conda, Python and OpenSSL stay as old as they are, and the link to its latest release is gone.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM condaforge/miniforge3:25.3.1-0\nRUN true' },
      { code: 'FROM mambaorg/micromamba:2.3.0\nRUN true' },
      {
        code: 'FROM debian:12\nENV PATH=/opt/mambaforge/bin:$PATH\nRUN echo Mambaforge',
        note: 'only a name',
      },
      {
        code: 'FROM debian:12\nRUN curl -fsSL https://mirror.example.com/Mambaforge-Linux-x86_64.sh -o m.sh',
        note: 'a copy',
      },
    ],
    bad: [
      {
        code: 'FROM ⟦condaforge/mambaforge:23.3.1-1⟧ AS env\nRUN true',
        fixed: 'FROM condaforge/miniforge3:23.3.1-1 AS env\nRUN true',
      },
      {
        code: 'FROM debian:12\nRUN curl -fsSL -o m.sh https://github.com/conda-forge/miniforge/releases/latest/download/⟦Mambaforge⟧-Linux-x86_64.sh && bash m.sh -b',
        fixed:
          'FROM debian:12\nRUN curl -fsSL -o m.sh https://github.com/conda-forge/miniforge/releases/latest/download/Miniforge3-Linux-x86_64.sh && bash m.sh -b',
      },
      {
        code: 'FROM debian:12\nADD https://github.com/conda-forge/miniforge/releases/download/23.3.1-1/⟦Mambaforge⟧-23.3.1-1-Linux-x86_64.sh /m.sh',
        fixed:
          'FROM debian:12\nADD https://github.com/conda-forge/miniforge/releases/download/23.3.1-1/Miniforge3-23.3.1-1-Linux-x86_64.sh /m.sh',
      },
      {
        code: 'FROM ⟦condaforge/mambaforge:22.9.0-3⟧\nRUN true',
        note: 'miniforge3 of that release has no mamba',
      },
      {
        code: 'FROM debian:12\nADD https://github.com/conda-forge/miniforge/releases/download/4.12.0-2/⟦Mambaforge⟧-Linux-x86_64.sh /m.sh',
      },
      {
        code: 'FROM debian:12\nRUN curl -LO https://github.com/conda-forge/miniforge/releases/latest/download/⟦Mambaforge⟧-Linux-x86_64.sh && bash Mambaforge-Linux-x86_64.sh -b',
        note: 'the name is used again',
        fixed:
          'FROM debian:12\nRUN curl -LO https://github.com/conda-forge/miniforge/releases/latest/download/Miniforge3-Linux-x86_64.sh && bash Miniforge3-Linux-x86_64.sh -b',
      },
    ],
  },
  create: () => ({
    FROM(from, { facts, report }) {
      const stage = facts.stageOf(from);
      const word = from.node.imageWord;
      if (!stage || !word || stage.parent || stage.base.image.repository !== 'condaforge/mambaforge') return;
      const isOld = isBeforeMamba(stage.base.image.tag ?? '');
      if (isOld) return report(from.at(word), 'oldImage');
      const right = word.value.replace('mambaforge', 'miniforge3');
      report(from.at(word), 'image', { right }, (): Fix | undefined => {
        const at = word.raw.indexOf('mambaforge');
        if (at < 0) return undefined;
        const span = from.at({ from: word.from + at, to: word.from + at + 'mambaforge'.length });
        return { title: 'Use miniforge3', safety: 'unsafe', edits: [{ span, text: 'miniforge3' }] };
      });
    },
    RUN: checkInstaller,
    ADD: checkInstaller,
    ARG: checkInstaller,
    ENV: checkInstaller,
  }),
});

/** Whether a release is one in which Miniforge3 had no mamba, or is given by a variable and may be. */
function isBeforeMamba(release: string): boolean {
  const [, year, month] = /^v?(\d+)\.(\d+)/.exec(release) ?? [];
  return year === undefined
    ? release.includes('$')
    : Number(year) < 23 || (year === '23' && Number(month) < 3);
}

function checkInstaller(instruction: Instruction, { report }: RuleContext<typeof messages>): void {
  const { node } = instruction;
  if (!node.text.includes('Mambaforge')) return;
  const text = node.plain + node.text.slice(node.plain.length);
  const to = behindInOrder(text, /\s/, ...installer);
  if (to === undefined) return;
  const span = instruction.at({ from: to - 'Mambaforge'.length, to });
  const isOld = isBeforeMamba(/releases\/download\/([^/\s]+)/.exec(text)?.[1] ?? '');
  report(span, isOld ? 'oldInstaller' : 'installer', undefined, (): Fix | undefined => {
    if (isOld) return undefined;
    // The file keeps its name where it is run, so that goes along.
    const names = [...text.matchAll(/Mambaforge(?=-)(?!-pypy)/g)];
    const edits = names.map(({ index }) => ({
      span: instruction.at({ from: index, to: index + 'Mambaforge'.length }),
      text: 'Miniforge3',
    }));
    return { title: 'Use Miniforge3', safety: 'unsafe', edits };
  });
}
