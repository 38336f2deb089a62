import { goBooleans, networkModes, securityModes } from '../../data/run-flag-values.ts';
import { csvFields } from '../../facts/mount-faults.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Word } from '../../syntax/tree.ts';
import { nearest } from '../../text/nearest.ts';

const allowed: Readonly<Record<string, readonly string[]>> = {
  network: networkModes,
  security: securityModes,
};

export default defineRule({
  code: 'invalid-flag-value',
  name: 'invalid-flag-value',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  dependsOn: 'instruction',
  summary: '`--network`, `--security` or `--device` of a RUN with a value that there is not',
  why: 'A RUN has the network `default`, `none` or `host`, and the security `sandbox` or `insecure`, in lower case; no variable is put in, and networks that `docker network create` makes are not there while an image is built. A device is a name, with `required` behind a comma at most. Docker ends the build at anything else (BuildKit 0.34).',
  messages: {
    unknown: '`--{flag}` takes {values}, and not `{value}`. Write one of them, or leave the flag out.',
    typo: '`--{flag}` takes {values}, and not `{value}`. Did you mean `{meant}`?',
    device:
      'Docker cannot read `{part}` as a device. Write its name, and `,required` after it where the build cannot do without.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN --network=none --security=sandbox true\nRUN --network=host true' },
      {
        code: 'FROM debian:12\nRUN --device=nvidia.com/gpu=all --device=name=a.b/c=d,required --device=e,required=0 true',
      },
    ],
    bad: [
      { code: 'FROM debian:12\nRUN --network=⟦bridge⟧ true' },
      {
        code: 'FROM debian:12\nRUN --network=⟦defualt⟧ true\nRUN --network=⟦None⟧ true',
        fixed: 'FROM debian:12\nRUN --network=default true\nRUN --network=none true',
      },
      { code: 'FROM debian:12\nARG N=none\nRUN --network=⟦$N⟧ true' },
      {
        code: 'FROM debian:12\nRUN --security=⟦insecur⟧ true',
        fixed: 'FROM debian:12\nRUN --security=insecure true',
      },
      { code: 'FROM debian:12\nRUN --device=⟦a,b⟧ true\nRUN --device=⟦a,required=yes⟧ true' },
    ],
  },
  create: () => ({
    RUN(run, { report }) {
      for (const { name, value } of run.node.flags) {
        if (!value) continue;
        const span = run.at(value);
        if (name === 'device') {
          if (!isDevice(value)) report(span, 'device', { part: value.value });
          continue;
        }
        const all = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
        if (!all || all.includes(value.value)) continue;
        const data = { flag: name, value: value.value, values: all.map((one) => `\`${one}\``).join(', ') };
        const meant = nearest(value.value, all);
        if (meant === undefined) report(span, 'unknown', data);
        else {
          report(span, 'typo', { ...data, meant }, (): Fix => {
            return { title: `Write ${meant}`, safety: 'unsafe', edits: [{ span, text: meant }] };
          });
        }
      }
    },
  }),
});

/** BuildKit's `ParseDevice`. */
function isDevice(word: Word): boolean {
  const fields = word.value === '' ? undefined : csvFields(word);
  let name = '';
  return (
    (fields ?? []).every(({ text }) => {
      const equals = text.indexOf('=');
      const key = (equals < 0 ? text : text.slice(0, equals)).toLowerCase();
      const value = text.slice(equals + 1);
      if (key === 'required') return equals < 0 || goBooleans.test(value);
      if (name !== '') return false;
      name = key === 'name' && equals >= 0 ? value : text;
      return true;
    }) && fields !== undefined
  );
}
