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
      /** The stages above that nothing has marked so far, and the names of those that something has. */
      const open = new Map<string, Stage[]>();
      const names = new Set<string>();
      const check = (stage: Stage) => {
        checked.add(stage);
        names.add(nameOf(stage));
      };
      const mark = (stage: Stage) => {
        const marked = new Set([stage]);
        for (const one of marked) {
          if (one !== stage) check(one);
          for (const base of open.get(one.base.text) ?? []) marked.add(base);
          open.delete(one.base.text);
        }
      };
      for (const stage of facts.stages) {
        const isChecked = stage.byKeyword.has('HEALTHCHECK');
        if (isChecked) mark(stage);
        if (isChecked || names.has(stage.base.text)) check(stage);
        else {
          const alike = open.get(nameOf(stage));
          if (alike) alike.push(stage);
          else open.set(nameOf(stage), [stage]);
        }
      }
      for (const stage of facts.stages) {
        const { from } = stage;
        if (checked.has(stage)) continue;
        report(from.at(from.node.imageWord ?? from.node.keywordWord), 'missing');
      }
    },
  }),
});

/** As for hadolint 2.15.1, a stage without a name goes by its own image. */
const nameOf = ({ name, base }: Stage) => name ?? base.text;
