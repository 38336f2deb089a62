import { renameStage } from '../../facts/stage-names.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

const reserved = new Set(['scratch', 'context']);

export default defineRule({
  code: 'DL3063',
  name: 'reserved-stage-name',
  aliases: ['buildkit/ReservedStageName'],
  since: '0.2.0',
  severity: 'warning',
  family: 'stages',
  summary: 'A stage has a name that Docker needs itself',
  why: '`scratch` is the empty image and `context` the folder that is built from. A stage of this name stands in their way: `FROM scratch` below it no longer starts from nothing.',
  messages: {
    reserved: 'Docker has a meaning of its own for `{name}`. Give the stage another name.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM scratch AS export\nCOPY a /a' },
      { code: 'FROM debian:12 AS build-context\nRUN true' },
    ],
    bad: [
      {
        code: 'FROM debian:12 AS ⟦context⟧\nFROM debian:12\nCOPY --from=context /a /a',
        fixed: 'FROM debian:12 AS context-stage\nFROM debian:12\nCOPY --from=context-stage /a /a',
      },
      {
        code: 'FROM debian:12 AS ⟦Scratch⟧\nRUN true',
        fixed: 'FROM debian:12 AS scratch-stage\nRUN true',
      },
    ],
  },
  create: () => ({
    FROM(from, { facts, report }) {
      const stage = facts.stageOf(from);
      const { alias } = from.node;
      if (!stage?.name || !alias || !reserved.has(stage.name)) return;
      const newName = `${stage.name}-stage`;
      report(from.at(alias), 'reserved', { name: alias.value }, (): Fix | undefined => {
        if (facts.stages.some(({ name }) => name === newName)) return undefined;
        const edits = renameStage(facts, stage, newName);
        if (!edits) return undefined;
        return { title: `Call it ${newName}`, safety: 'unsafe', edits };
      });
    },
  }),
});
