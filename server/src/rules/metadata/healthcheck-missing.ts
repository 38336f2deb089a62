import type { Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';
import { groupBy } from '../../text/group-by.ts';

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
      'This stage has no HEALTHCHECK, so Docker cannot tell whether a service in it answers. Add `HEALTHCHECK CMD` with a command that asks it, or `HEALTHCHECK NONE` where it is no service.',
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
      const named = groupBy(facts.stages, nameOf);
      /** How many of the stages of a name were marked, and the first of them that is checked. */
      const marked = new Map<string, number>();
      const first = new Map<string, number>();
      const add = (stage: Stage) => {
        checked.add(stage);
        first.set(nameOf(stage), Math.min(stage.index, first.get(nameOf(stage)) ?? stage.index));
      };
      const mark = (start: Stage): void => {
        const open = [start];
        for (let stage = open.pop(); stage; stage = open.pop()) {
          if (checked.has(stage)) continue;
          add(stage);
          const name = stage.base.text;
          const bases = named.get(name) ?? [];
          let count = marked.get(name) ?? 0;
          for (; (bases[count]?.index ?? start.index) < start.index; count++)
            open.push(bases[count] as Stage);
          marked.set(name, count);
        }
      };
      for (const stage of facts.stages) {
        if (stage.byKeyword.has('HEALTHCHECK')) mark(stage);
        else if ((first.get(stage.base.text) ?? stage.index) < stage.index) add(stage);
      }
      for (const stage of facts.stages) {
        const { from } = stage;
        if (checked.has(stage)) continue;
        report(from.at(from.node.imageWord ?? from.node.keywordWord), 'missing');
      }
    },
  }),
});

/** What a stage above goes by where it is another's image; as for hadolint 2.15.1, its own image where it has no name. */
const nameOf = ({ name, base }: Stage): string => name ?? base.text;
