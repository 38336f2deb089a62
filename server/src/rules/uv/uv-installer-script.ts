import { shellNames } from '../../data/command-wrappers.ts';
import { newestUv } from '../../data/uv.ts';
import { readDownload } from '../../facts/downloads.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { replaceRun } from '../../facts/run-edits.ts';
import { placeIn } from '../../facts/word-places.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import type { LocalSpan } from '../../text/span.ts';

const floating =
  /^https?:\/\/(?:(?:www\.)?astral\.sh\/uv|github\.com\/astral-sh\/uv\/releases\/latest\/download)\/(?:uv-)?install(?:er)?\.sh$/;
const image = `ghcr.io/astral-sh/uv:${newestUv}`;

export default defineRule({
  code: 'uv-installer-script',
  name: 'uv-installer-script',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'uv',
  dependsOn: 'instruction',
  summary: 'uv is installed by a script that names no version',
  why: `The script at astral.sh/uv/install.sh installs the newest uv, and at 0.x each minor release may change the lock format or a default. It needs curl or wget in the image, and puts uv into \`~/.local/bin\`, which is not on PATH. The uv documentation ("Using uv in Docker") copies the program from its image, \`COPY --from=ghcr.io/astral-sh/uv:<version> /uv /uvx /bin/\`, and has a script for each version, \`https://astral.sh/uv/${newestUv}/install.sh\`. \`pip install uv\` without a version is reported by DL3013.`,
  messages: {
    floats:
      'This installs whichever uv is the newest at the time. Write `COPY --from={image} /uv /uvx /bin/` instead, or name a version in the address: `{pinned}`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM ubuntu:24.04\nCOPY --from=ghcr.io/astral-sh/uv:0.12.5 /uv /uvx /bin/' },
      { code: 'FROM ubuntu:24.04\nRUN curl -LsSf https://astral.sh/uv/0.12.5/install.sh | sh' },
      {
        code: 'FROM ubuntu:24.04\nARG UV_VERSION=0.12.5\nRUN curl -LsSf https://astral.sh/uv/$UV_VERSION/install.sh | sh',
      },
      {
        code: 'FROM ubuntu:24.04\nRUN curl -LsSf https://github.com/astral-sh/uv/releases/download/0.12.5/uv-installer.sh | sh',
      },
    ],
    bad: [
      {
        code: 'FROM ubuntu:24.04\nRUN curl -LsSf ⟦https://astral.sh/uv/install.sh⟧ | sh\nENV PATH=/root/.local/bin:$PATH',
        fixed: `FROM ubuntu:24.04\nCOPY --from=${image} /uv /uvx /bin/\nENV PATH=/root/.local/bin:$PATH`,
      },
      {
        code: 'FROM ubuntu:24.04\nRUN wget -qO- "⟦https://astral.sh/uv/install.sh⟧" | sh && mv /root/.local/bin/uv /usr/local/bin/uv',
        fixed: `FROM ubuntu:24.04\nRUN wget -qO- "https://astral.sh/uv/${newestUv}/install.sh" | sh && mv /root/.local/bin/uv /usr/local/bin/uv`,
      },
      {
        code: 'FROM ubuntu:24.04\nADD ⟦https://astral.sh/uv/install.sh⟧ /uv-installer.sh\nRUN sh /uv-installer.sh',
        fixed: `FROM ubuntu:24.04\nADD https://astral.sh/uv/${newestUv}/install.sh /uv-installer.sh\nRUN sh /uv-installer.sh`,
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!run.node.text.includes('/astral')) return;
      for (const command of facts.commands(run)) {
        for (const url of readDownload(command)?.urls ?? []) {
          if (!floating.test(url.value)) continue;
          const place = placeIn(url);
          report(run.at(place), 'floats', { image, pinned: pinnedUrl(url.value) }, () =>
            [copyInstead(facts, run), pinned(run, place, url.value)].filter((fix) => fix !== undefined),
          );
        }
      }
    },
    ADD(add, { report }) {
      for (const url of add.node.sources) {
        if (!floating.test(url.value)) continue;
        const place = placeIn(url);
        report(add.at(place), 'floats', { image, pinned: pinnedUrl(url.value) }, () =>
          pinned(add, place, url.value),
        );
      }
    },
  }),
});

const pinnedUrl = (url: string) =>
  url
    .replace(/(astral\.sh\/uv)\//, `$1/${newestUv}/`)
    .replace('/releases/latest/download/', `/releases/download/${newestUv}/`);

function pinned(at: Instruction, place: LocalSpan, url: string): Fix {
  const text = pinnedUrl(url);
  return { title: `Name uv ${newestUv}`, safety: 'unsafe', edits: [{ span: at.at(place), text }] };
}

/** A COPY in the place of a RUN that does nothing else, where no later command asks for the folder of the script. */
function copyInstead(facts: FileFacts, run: Instruction<Run>): Fix | undefined {
  const [download, shell, ...others] = facts.commands(run);
  const script = facts.shellText(run)?.script;
  if (!download || !shell || others.length > 0 || script?.pipes.length !== 1 || script.joints.length > 1)
    return undefined;
  if (!shellNames.has(shell.name) || shell.args.length > 0 || shell.assignments.length > 0) return undefined;
  if (/\.(?:local|cargo)\/bin\/uv/.test(facts.file.joined)) return undefined;
  const edit = replaceRun(facts, run, 'COPY', `--from=${image} /uv /uvx /bin/`);
  return edit && { title: `Copy uv from ${image}`, safety: 'unsafe', edits: [edit] };
}
