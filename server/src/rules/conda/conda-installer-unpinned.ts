import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { behindInOrder } from '../../text/in-order.ts';

const messages = {
  latest: '`{part}` brings another conda and Python after each release. Name one in the URL: `{named}`.',
} as const;

const installers =
  /Mini(?:conda3|forge3?)-latest|Mambaforge-latest|releases\/latest\/download\/(?:Miniforge|Mambaforge)/;

export default defineRule({
  code: 'conda-installer-unpinned',
  name: 'conda-installer-unpinned',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'conda',
  dependsOn: 'instruction',
  summary: 'The newest conda installer is downloaded, whichever that is',
  why: 'Each release of Miniconda and Miniforge may bring another Python, another solver and other default channels, so the file builds something else after a while, or no longer: the name behind the address says nothing of it. The archives of both hold each release under its version, with sums to compare (repo.anaconda.com/miniconda, github.com/conda-forge/miniforge/releases). Miniconda2 has had no release since 2020, so its `latest` is always the same.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM condaforge/miniforge3:25.3.1-0\nRUN true' },
      {
        code: 'FROM ubuntu:24.04\nADD https://github.com/conda-forge/miniforge/releases/download/25.3.1-0/Miniforge3-25.3.1-0-Linux-x86_64.sh /tmp/m.sh',
      },
      {
        code: 'FROM ubuntu:24.04\nRUN curl -fsSLO https://repo.anaconda.com/miniconda/Miniconda3-py312_25.5.1-0-Linux-x86_64.sh',
      },
      {
        code: 'FROM ubuntu:24.04\nRUN curl -fsSLO https://repo.anaconda.com/miniconda/Miniconda3-latest-Linux-x86_64.sh && echo "00  Miniconda3-latest-Linux-x86_64.sh" | sha256sum -c',
        note: 'the sum holds it to one release',
      },
      {
        code: 'FROM ubuntu:16.04\nRUN wget https://repo.continuum.io/miniconda/Miniconda2-latest-Linux-x86_64.sh',
        note: 'its last release was in 2020',
      },
    ],
    bad: [
      {
        code: 'FROM ubuntu:24.04\nRUN curl -fsSLO https://repo.anaconda.com/miniconda/⟦Miniconda3-latest⟧-Linux-x86_64.sh',
      },
      {
        code: 'FROM ubuntu:24.04\nRUN wget -q "https://github.com/conda-forge/miniforge/⟦releases/latest/download/Miniforge⟧3-Linux-x86_64.sh"',
      },
      {
        code: 'FROM ubuntu:24.04\nADD https://repo.anaconda.com/miniconda/⟦Miniconda3-latest⟧-Linux-x86_64.sh /m.sh',
      },
    ],
  },
  create: () => ({ RUN: check, ADD: check }),
});

function check({ node, at }: Instruction, { report }: RuleContext<typeof messages>): void {
  if (!node.text.includes('atest') || /sha256|md5sum|checksum/.test(node.text)) return;
  const to = behindInOrder(node.text, /[\s"'|;&]/, /https?:\/\//, installers);
  if (to === undefined) return;
  const part = installers.exec(node.text.slice(0, to))?.[0] ?? '';
  const [, system = '…'] = /^3?-([\w.-]{1,40}\.sh)/.exec(node.text.slice(to, to + 60)) ?? [];
  const file = part.replace(/-latest$|^.*\//g, '');
  // Releases of Miniforge are folders, those of Miniconda say for which Python they are.
  const named = file.startsWith('Miniconda')
    ? `${file}-py3<minor>_<version>-${system}`
    : `releases/download/<version>/${file.replace(/^Miniforge$/, 'Miniforge3')}-<version>-${system}`;
  report(at({ from: to - part.length, to }), 'latest', { part: part.replace(/\/download.*/s, ''), named });
}
