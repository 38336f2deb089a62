import type { Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3057',
  name: 'healthcheck-missing',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  offByDefault: true,
  family: 'metadata',
  summary: 'A stage without HEALTHCHECK',
  why: 'With a HEALTHCHECK the engine knows whether a container that runs also answers, and `docker ps` shows it (Dockerfile reference, "HEALTHCHECK"). Kubernetes has probes of its own and passes over it, and a training job has nothing to ask, so the rule is off until it is given a level. `HEALTHCHECK NONE` counts.',
  messages: {
    missing:
      'The image has no HEALTHCHECK, so the engine cannot tell whether its service answers. Add one, or `HEALTHCHECK NONE`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nHEALTHCHECK CMD curl -f http://localhost/' },
      { code: 'FROM debian:12 AS base\nHEALTHCHECK NONE\nFROM base' },
      { code: 'FROM debian:12 AS base\nFROM base\nHEALTHCHECK NONE' },
    ],
    bad: [
      { code: 'FROM ⟦debian:12⟧\nEXPOSE 80' },
      { code: 'FROM ⟦debian:12⟧ AS build\nFROM debian:12\nCOPY --from=build /a /a\nHEALTHCHECK NONE' },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      const checked = new Set<Stage>();
      const mark = (stage: Stage, seen: readonly Stage[]): void => {
        if (checked.has(stage)) return;
        checked.add(stage);
        for (const base of basesOf(seen, stage)) mark(base, seen);
      };
      for (const stage of facts.stages) {
        const seen = facts.stages.slice(0, stage.index);
        if (stage.byKeyword.has('HEALTHCHECK')) mark(stage, seen);
        else if (basesOf(seen, stage).some((base) => checked.has(base))) checked.add(stage);
      }
      for (const stage of facts.stages) {
        const { from } = stage;
        if (checked.has(stage)) continue;
        report(from.at(from.node.imageWord ?? from.node.keywordWord), 'missing');
      }
    },
  }),
});

/** The stages that go by the name of a stage's image; as for hadolint 2.15.1, one without a name goes by its own image. */
function basesOf(seen: readonly Stage[], { base }: Stage): Stage[] {
  return seen.filter((stage) => (stage.name ?? stage.base.text) === base.text);
}
