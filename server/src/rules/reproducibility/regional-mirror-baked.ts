import { pythonPackages } from '../../facts/python-packages.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  mirror:
    '`{host}` is a mirror for one region, slow or out of reach elsewhere. Give it as a build argument, as `ARG PIP_INDEX_URL`.',
  trusted:
    'With `--trusted-host` pip takes packages over a connection that anybody on the way may change. Use an index with a valid certificate.',
} as const;

/** Mirrors of PyPI, Debian, Ubuntu and conda that universities and clouds of one country run; as known 2026-11. */
const mirrors =
  /(?:https?:\/\/|["'\s/@])((?:(?:pypi|mirrors?)\.)?(?:[\w-]+\.)*(?:tuna\.tsinghua\.edu\.cn|aliyun\.com|aliyuncs\.com|ustc\.edu\.cn|douban(?:io)?\.com|bfsu\.edu\.cn|sjtu\.edu\.cn|zju\.edu\.cn|cloud\.tencent\.com|tencentyun\.com|huaweicloud\.com|163\.com|volces\.com))(?=[/\s"':]|$)/;
const isMirrorUse = /simple|pypi|anaconda|debian|ubuntu|mirror|index|archive|sources\.list|conda|npm/i;

export default defineRule({
  code: 'regional-mirror-baked',
  name: 'regional-mirror-baked',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'reproducibility',
  dependsOn: 'instruction',
  summary: 'A mirror of one region, or an index without a certificate, is written into the image',
  why: 'A mirror that is near where the file was written is slow or blocked elsewhere, may be days behind, and stays in the configuration of the image, where later installs use it as well. As a build argument (`ARG PIP_INDEX_URL`, `--build-arg`) it is the choice of whoever builds. `--trusted-host` makes pip take an address without TLS or with a wrong certificate (pip documentation, "--trusted-host").',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nARG PIP_INDEX_URL=https://pypi.tuna.tsinghua.edu.cn/simple\nRUN pip install torch==2.8.0',
      },
      { code: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir numpy==2.3.1' },
      {
        code: 'FROM registry.cn-hangzhou.aliyuncs.com/a/b:1\nRUN pip install --trusted-host $INDEX_HOST numpy',
      },
      {
        code: 'FROM python:3.12-slim\nRUN curl -O https://bucket.oss.aliyuncs.com/weights.pt',
        note: 'a file of their own',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install -i https://⟦pypi.tuna.tsinghua.edu.cn⟧/simple torch==2.8.0',
      },
      { code: 'FROM python:3.12-slim\nENV UV_DEFAULT_INDEX=https://⟦mirrors.aliyun.com⟧/pypi/simple' },
      { code: 'FROM python:3.12-slim\nRUN pip install ⟦--trusted-host⟧ wheels.example.org numpy==2.3.1' },
    ],
  },
  create: () => ({ RUN: check, ENV: check }),
});

function check(it: Instruction, { facts, report }: RuleContext<typeof messages>): void {
  const { text, keyword } = it.node;
  const match = mirrors.exec(text);
  const host = match?.[1];
  const around = match ? text.slice(Math.max(0, match.index - 60), match.index + match[0].length + 60) : '';
  if (match && host && isMirrorUse.test(around)) {
    const to = match.index + match[0].length;
    report(it.at({ from: to - host.length, to }), 'mirror', { host });
    return;
  }
  if (keyword !== 'RUN' || !text.includes('--trusted-host')) return;
  for (const { command } of pythonPackages(facts, it)) {
    const at = command.args.findIndex(({ value }) => value === '--trusted-host');
    const flag = command.args[at];
    const value = command.args[at + 1]?.value ?? '';
    // PyPI’s own hosts have certificates: who names them sits behind a proxy that changes them.
    const isMeant = /\$|pypi\.org|pythonhosted\.org|^(?:localhost|127\.)/.test(value);
    if (!flag || isMeant) continue;
    report(it.at(flag), 'trusted');
    return;
  }
}
