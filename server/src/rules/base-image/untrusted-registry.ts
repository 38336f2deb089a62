import type { FileFacts } from '../../facts/file-facts.ts';
import { type ImageUse, readImageUses } from '../../facts/image-uses.ts';
import { findStage } from '../../facts/stages.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import { type ImageReference, parseImageReference } from '../../syntax/image-reference.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  untrusted:
    'The settings of the linter trust images from {trusted} only, and `{image}` comes from `{registry}`. Use an image from there, or add `{registry}` to their `trustedRegistries`.',
} as const;

const options = {
  trustedRegistries: {
    default: [],
    description:
      'Registries that images may come from: a host with its port, `*` for any, `*.example.org` or `registry.*`. Empty: any.',
  },
  stageNumbers: {
    default: false,
    description: 'Take the number of a stage in `COPY --from=0` for an image.',
    hadolint: {
      value: true,
      reason:
        '`COPY --from=0` takes from the first stage and asks no registry; hadolint looks at names of stages only.',
      example: 'FROM ghcr.io/team/base:1\nFROM ghcr.io/team/base:1\nCOPY --from=0 /a /b\n',
      options: { trustedRegistries: ['ghcr.io'] },
    },
  },
  unknownRegistries: {
    default: false,
    description:
      'Take an image for one of Docker Hub where a variable without a default may hold the registry.',
    hadolint: {
      value: true,
      reason:
        'The variable in `${REGISTRY}/team/base` may hold a trusted registry; hadolint reads the whole as a name on Docker Hub.',
      issue: 'hadolint#339',
      example: 'ARG REGISTRY\nFROM ${REGISTRY}/team/base:1\n',
      options: { trustedRegistries: ['ghcr.io'] },
    },
  },
} as const satisfies Parameters<typeof defineRule>[0]['options'];

type Context = RuleContext<typeof messages, typeof options>;

export default defineRule({
  code: 'DL3026',
  name: 'untrusted-registry',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'base-image',
  summary: 'An image comes from a registry that is not trusted',
  why: 'An image runs with all its programs inside yours, so many teams allow a mirror or their own registry only. List them in `trustedRegistries` (or in `.hadolint.yaml`): FROM, `COPY --from` and `RUN --mount=from` are then checked. Without a list the rule says nothing. Docker Hub is `docker.io`.',
  messages,
  options,
  examples: {
    good: [
      { code: 'FROM debian:12' },
      {
        code: 'FROM debian:12\nCOPY --from=docker.io/busybox:1 /a /a',
        options: { trustedRegistries: ['docker.io'] },
      },
      {
        code: 'FROM r.example.org:5000/base:1 AS Build\nFROM build\nCOPY --from=0 /a /b\nCOPY --from=build /a /b',
        options: { trustedRegistries: ['r.example.org:*'] },
      },
      { code: 'FROM localhost:5000/base:1', options: { trustedRegistries: ['localhost:5000'] } },
      { code: 'ARG R\nFROM ${R}/base:1\nFROM scratch', options: { trustedRegistries: ['*.example.org'] } },
    ],
    bad: [
      { code: 'FROM ⟦debian:12⟧', options: { trustedRegistries: ['*.example.org'] } },
      {
        code: 'ARG R=quay.io\nFROM ⟦$R/team/base:1⟧\nCOPY --from=⟦busybox:1⟧ /a /a\nRUN --mount=target=/b,from=⟦busybox:1⟧ true',
        options: { trustedRegistries: ['ghcr.io', 'example.*'] },
      },
      { code: 'FROM ⟦ghcr.io:443/team/base:1⟧', options: { trustedRegistries: ['ghcr.io'] } },
    ],
  },
  create: () => ({
    FROM(from, ctx) {
      const stage = ctx.facts.stageOf(from);
      const word = from.node.imageWord;
      if (!stage || !word || stage.parent || stage.base.text === 'scratch') return;
      check(from, { from: word.from, to: word.to, text: stage.base.text }, ctx);
    },
    COPY: checkUses,
    RUN: checkUses,
  }),
});

function checkUses(instruction: Instruction, ctx: Context): void {
  const { facts, options: chosen } = ctx;
  const own = facts.stageOf(instruction);
  for (const use of readImageUses(instruction.node)) {
    const isNumber = instruction.node.keyword === 'COPY' && /^\d+$/.test(use.text);
    if (isNumber && !chosen.stageNumbers && Number(use.text) < facts.stages.length) continue;
    if (use.text !== 'scratch' && !isStage(facts, use.text, own?.index)) check(instruction, use, ctx);
  }
}

/** Whether a text names a stage so far, the one that the instruction stands in included. */
function isStage({ stages, options: read }: FileFacts, text: string, own: number | undefined): boolean {
  const name = read.wholeStageNames ? text : parseImageReference(text, read.undottedHosts).repository;
  return own !== undefined && findStage(stages, name, read, own + 1) !== undefined;
}

function check(instruction: Instruction, use: ImageUse, { facts, options: chosen, report }: Context): void {
  const trusted = chosen.trustedRegistries as readonly string[];
  if (trusted.length === 0) return;
  const image = parseImageReference(use.text, facts.options.undottedHosts);
  if (!chosen.unknownRegistries && use.text.split('/')[0]?.includes('$')) return;
  if (hosts(image).some((host) => trusted.some((pattern) => matches(pattern, host)))) return;
  const registry = image.registry ?? 'docker.io';
  const list = trusted.slice(0, 3).map((host) => `\`${host}\``);
  const names = [...list, ...(trusted.length > 3 ? ['others'] : [])].join(', ');
  report(instruction.at(use), 'untrusted', { image: use.text, registry, trusted: names });
}

/** The names under which the registry of an image may be listed. */
function hosts({ registry }: ImageReference): string[] {
  return registry === undefined ? ['docker.io', 'hub.docker.com'] : [registry];
}

/** `*` at the beginning or at the end stands for anything; within it is itself. */
function matches(pattern: string, host: string): boolean {
  if (pattern.startsWith('*')) return host.endsWith(pattern.slice(1));
  return pattern.endsWith('*') ? host.startsWith(pattern.slice(0, -1)) : host === pattern;
}
