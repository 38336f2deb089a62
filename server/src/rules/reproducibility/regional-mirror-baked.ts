import { isBehindTest } from '../../facts/conditions.ts';
import { pythonPackages } from '../../facts/python-packages.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  mirror:
    '`{host}` is a mirror for one region, slow or out of reach elsewhere. Delete it here, write `ARG {argument}` above, which {program} reads, and build with `--build-arg {argument}=<URL>` where it is wanted.',
  replaced:
    'This puts `{host}` in the place of `{usual}`: a mirror for one region, slow or out of reach elsewhere. Delete it, or write `ARG {argument}={usual}` above, and here `${argument}` with double quotes around the sed script.',
  other:
    '`{host}` is a mirror for one region, slow or out of reach elsewhere. Write `ARG {argument}={usual}` in a line above and `${argument}` wherever the host stands, and build with `--build-arg {argument}={host}` where it is wanted.',
  trusted:
    'With `--trusted-host` pip does not check who it talks to, so others on the network may change the packages. Delete the flag and its host, and give the index a valid certificate if it has none.',
  needless:
    'With `--trusted-host` pip does not check who it talks to, so others on the network may change the packages. Delete `--trusted-host {host}`, as this mirror has a valid certificate.',
} as const;

/** Mirrors of PyPI, Debian, Ubuntu and conda that universities and clouds of one country run; as known 2026-11. */
const mirrors =
  /(?:https?:\/\/|["'\s/@])((?:(?:pypi|mirrors?)\.)?(?:[\w-]+\.)*(?:tuna\.tsinghua\.edu\.cn|aliyun\.com|aliyuncs\.com|ustc\.edu\.cn|douban(?:io)?\.com|bfsu\.edu\.cn|sjtu\.edu\.cn|zju\.edu\.cn|cloud\.tencent\.com|tencentyun\.com|huaweicloud\.com|163\.com|volces\.com))(?=[/\s"':]|$)/g;
const isMirrorUse = /simple|pypi|anaconda|debian|ubuntu|mirror|index|archive|sources\.list|conda|npm/i;
/** The build argument by which whoever builds names the mirror, by what stands around it; the first that fits. */
const argumentNames: readonly (readonly [RegExp, string])[] = [
  [/\buv\b|UV_/, 'UV_DEFAULT_INDEX'],
  [/simple|pypi|\bpip\b/i, 'PIP_INDEX_URL'],
  [/sources\.list|debian|ubuntu|\bapt\b/i, 'APT_MIRROR'],
  [/npm/i, 'NPM_CONFIG_REGISTRY'],
];

/** What takes its index from the variable itself (uv, pip and npm documentation). */
const readers: Readonly<Record<string, string>> = {
  UV_DEFAULT_INDEX: 'uv',
  PIP_INDEX_URL: 'pip',
  NPM_CONFIG_REGISTRY: 'npm',
};

export default defineRule({
  code: 'regional-mirror-baked',
  name: 'regional-mirror-baked',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'reproducibility',
  dependsOn: 'instruction',
  summary: 'A mirror of one region, or an index without a certificate, is written into the image',
  why: 'A mirror that is near where the file was written is slow or blocked elsewhere, may be days behind, and stays in the configuration of the image, where later installs use it as well. As a build argument (`ARG PIP_INDEX_URL`, `--build-arg`) it is the choice of whoever builds. `--trusted-host` makes pip take an address without TLS or with a wrong certificate (pip documentation, "--trusted-host"). A mirror that is used only where a test of a variable says so is the choice of whoever builds already.',
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
      {
        code: 'FROM ubuntu:22.04\nARG USE_MIRROR=false\nRUN if [ ${USE_MIRROR} = true ]; then sed -i s/archive.ubuntu.com/mirrors.aliyun.com/g /etc/apt/sources.list; fi',
        note: 'whoever builds chooses it',
      },
      {
        code: 'FROM python:3.12-slim\nARG PIP_INDEX_URL=https://mirrors.aliyun.com/pypi/simple\nRUN pip config set global.index-url $PIP_INDEX_URL && pip config set install.trusted-host mirrors.aliyun.com',
        note: 'only the name of the host is fixed, which is no index',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install -i https://⟦pypi.tuna.tsinghua.edu.cn⟧/simple torch==2.8.0',
      },
      { code: 'FROM python:3.12-slim\nENV UV_DEFAULT_INDEX=https://⟦mirrors.aliyun.com⟧/pypi/simple' },
      {
        code: 'FROM ubuntu:22.04\nRUN sed -i s/archive.ubuntu.com/⟦mirrors.aliyun.com⟧/g /etc/apt/sources.list && apt-get update',
      },
      { code: 'FROM python:3.12-slim\nRUN pip install ⟦--trusted-host⟧ wheels.example.org numpy==2.3.1' },
      {
        code: 'FROM python:3.12-slim\nRUN pip install ⟦--trusted-host⟧ mirrors.aliyun.com numpy==2.3.1\nRUN pip install ⟦--trusted-host⟧ mirrors.aliyun.com torch==2.8.0',
        note: 'the index is set elsewhere',
      },
    ],
  },
  create: () => ({ RUN: check, ENV: check }),
});

function check(it: Instruction, { facts, report }: RuleContext<typeof messages>): void {
  const { text, keyword } = it.node;
  for (const match of text.matchAll(mirrors)) {
    const host = match[1] as string;
    const from = match.index;
    const to = from + match[0].length;
    const around = text.slice(Math.max(0, from - 60), to + 60);
    const isHostOnly = /trusted-host["']?[\s=]*$/.test(text.slice(Math.max(0, from - 20), to - host.length));
    if (isHostOnly || !isMirrorUse.test(around)) continue;
    if (keyword === 'RUN' && isBehindTest(it.node, from)) continue;
    const argument = argumentNames.find(([pattern]) => pattern.test(around))?.[1] ?? 'MIRROR';
    const program = readers[argument];
    const span = it.at({ from: to - host.length, to });
    const usual =
      /archive|ubuntu/.test(around) && !/debian/.test(around)
        ? 'archive.ubuntu.com'
        : /debian/.test(around)
          ? 'deb.debian.org'
          : '<usual host>';
    if (program === undefined) report(span, 'other', { host, argument, usual });
    else report(span, 'mirror', { host, argument, program });
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
    // The public mirrors all have certificates.
    if (` ${value} `.search(mirrors) >= 0) report(it.at(flag), 'needless', { host: value });
    else report(it.at(flag), 'trusted');
    return;
  }
}
