// Parity with the real hadolint: the same instructions get the same codes, for the rules that both have. Differences that
// are meant are listed with their reason, and a difference that is no longer one fails as well.
// WHEELHOUSE_TEST_HADOLINT names the binary (2.15.1); without it the test is skipped.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { rules } from '../../server/src/rules/index.ts';
import { parseDockerfile } from '../../server/src/syntax/parse.ts';
import { createLineIndex } from '../../server/src/text/line-index.ts';
import { createTestLinter } from './linter.ts';

const binary = process.env.WHEELHOUSE_TEST_HADOLINT;
const shared = rules.filter(({ code }) => /^DL\d{4}$/.test(code));
const codes = new Set(shared.map(({ code }) => code));

interface Case {
  readonly name: string;
  readonly file: string;
  /** `line code` that only hadolint reports, and why. */
  readonly onlyHadolint?: Readonly<Record<string, string>>;
  /** `line code` that only Wheelhouse reports, and why. */
  readonly onlyWheelhouse?: Readonly<Record<string, string>>;
}

const cases: readonly Case[] = [
  {
    name: 'a notebook image of the careless kind',
    file: `FROM jupyter/scipy-notebook
MAINTAINER Ada
USER root
RUN apt-get update && apt-get install -y libgomp1 ffmpeg=7:5.1.6-0+deb12u1
RUN pip install torch transformers==4.51.0 && pip install --no-cache-dir -r requirements.txt
ADD notebooks notebooks
COPY data.csv data/
RUN wget -O - https://example.org/model.tar | tar x
CMD jupyter lab
`,
  },
  {
    name: 'a service image that does it right',
    file: `ARG PYTHON=3.12
FROM python:\${PYTHON}-slim AS base
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
WORKDIR /app
RUN apt-get update \\
 && apt-get install -y --no-install-recommends libgomp1=12.2.0-14 \\
 && rm -rf /var/lib/apt/lists/*
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt | tee log
FROM base
COPY . .
USER 1000
HEALTHCHECK CMD ["curl", "-f", "http://localhost/"]
CMD ["python", "app.py"]
`,
  },
  {
    name: 'several stages',
    file: `FROM golang AS build
RUN apt-get update
USER root
FROM debian:latest
RUN apt-get update
COPY --from=build /x .
ENTRYPOINT run
HEALTHCHECK CMD curl -f http://localhost/
`,
    onlyHadolint: { '3 DL3002': 'a builder may end as root' },
  },
  {
    name: 'continuations and comments',
    file: `FROM debian:12
RUN set -ex; \\
    # tools
    apt-get update; \\
    apt-get install -y \\
      # fetching
      curl \\
      wget=1.21.3-1
RUN python3 -m pip install \\
      --upgrade \\
      pip
ADD https://example.org/model.bin /models/
ADD rootfs.tar.xz /
`,
  },
  {
    name: 'ONBUILD and the exec form',
    file: `FROM debian:12
ONBUILD RUN apt-get install curl
ONBUILD RUN pip install torch
RUN ["apt-get", "install", "-y", "git"]
RUN ["sh", "-c", "ls | wc"]
ONBUILD ADD . /app
`,
    onlyHadolint: { '5 DL4006': 'SHELL has no say in the exec form' },
  },
  {
    name: 'heredocs',
    file: `FROM debian:12
RUN <<EOF
apt-get update
apt-get install -y curl
pip install torch
curl https://example.org | sh
EOF

CMD ['python', 'app.py']
`,
  },
  {
    name: 'mounts and environment for caches',
    file: `FROM python:3.12
RUN --mount=type=cache,target=/root/.cache/pip pip install torch==2.7.1
RUN --mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt apt-get update
ENV PIP_NO_CACHE_DIR=1
RUN pip install numpy==2.1.0
`,
  },
  {
    name: 'two CMD',
    file: `FROM debian:12
CMD ["a"]
CMD ["b"]
`,
    onlyHadolint: { '3 DL4003': 'it marks the CMD that runs' },
    onlyWheelhouse: { '2 DL4003': 'the earlier CMD is the one to delete' },
  },
  {
    name: 'variables',
    file: `ARG BASE=debian
ARG TAG=latest
FROM img-$UNKNOWN AS a
FROM $BASE AS b
FROM python:$TAG AS c
FROM scratch
ADD $URL /models/
RUN pip install $PACKAGES
RUN pip install -e . && pip install ".[dev]"
`,
    onlyHadolint: {
      '3 DL3006': 'the variable may hold the tag',
      '7 DL3020': 'the variable may hold a URL',
      '8 DL3013': 'the variable may hold versions',
      '9 DL3013': 'a local path with extras',
    },
    onlyWheelhouse: {
      '4 DL3006': 'the default of the ARG has no tag',
      '5 DL3007': 'the default of the ARG is latest',
    },
  },
  {
    name: 'wrappers, paths and shells',
    file: `FROM debian:12 AS a
SHELL ["/usr/bin/bash", "-eo", "pipefail", "-c"]
RUN ls | wc
FROM a
RUN ls | wc
RUN sudo apt-get install -y curl
RUN /opt/venv/bin/pip install torch
RUN apt-get update && rm -rf /tmp/x
`,
    onlyHadolint: {
      '3 DL4006': 'bash elsewhere than in /bin (accepted by hadolint after 2.15.1)',
      '5 DL4006': 'SHELL is inherited from the stage',
    },
    onlyWheelhouse: {
      '6 DL3008': 'seen through sudo',
      '6 DL3015': 'seen through sudo',
      '7 DL3013': 'pip by its path',
      '7 DL3042': 'pip by its path',
      '8 DL3009': 'another folder is removed, not the lists',
    },
  },
];

describe('parity with hadolint', { skip: !binary && 'WHEELHOUSE_TEST_HADOLINT is not set' }, async () => {
  const lint = await createTestLinter();

  const ours = (text: string): string[] => {
    const index = createLineIndex(text);
    const { instructions } = parseDockerfile(text);
    return lint(text, shared).map(({ code, span, instruction }) => {
      const start = instructions[instruction ?? -1]?.span.start ?? span.start;
      return `${index.position(start).line + 1} ${code}`;
    });
  };
  const theirs = (text: string): string[] => {
    const output = execFileSync(binary as string, ['--no-fail', '--format', 'json', '-'], {
      input: text,
      encoding: 'utf8',
      cwd: import.meta.dirname,
    });
    const findings = JSON.parse(output) as { line: number; code: string }[];
    return findings
      .filter(({ code }) => codes.has(code) || code === 'DL1000')
      .map(({ line, code }) => `${line} ${code}`);
  };
  const sorted = (list: Iterable<string>) => [...new Set(list)].sort();

  for (const { name, file, onlyHadolint = {}, onlyWheelhouse = {} } of cases) {
    it(name, () => {
      const [a, b] = [ours(file), theirs(file)];
      assert.deepEqual(
        {
          onlyHadolint: sorted(b.filter((id) => !a.includes(id))),
          onlyWheelhouse: sorted(a.filter((id) => !b.includes(id))),
        },
        {
          onlyHadolint: sorted(Object.keys(onlyHadolint)),
          onlyWheelhouse: sorted(Object.keys(onlyWheelhouse)),
        },
      );
    });
  }

  it('every shared rule fires in one of the files, for both', () => {
    const seen = new Set(
      cases.flatMap(({ file }) => [...ours(file), ...theirs(file)]).map((id) => id.slice(-6)),
    );
    assert.deepEqual(sorted(seen), sorted(codes));
  });
});
