import { mountTypes, sharingModes } from '../../data/run-flag-values.ts';
import { findMountFault } from '../../facts/mount-faults.ts';
import { rootMount } from '../../facts/mount-targets.ts';
import { textInPlainBuild } from '../../facts/plain-build.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

const listed = (words: readonly string[]) => `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

export default defineRule({
  code: 'invalid-mount',
  name: 'invalid-mount',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'A `RUN --mount` that Docker does not take',
  why: 'A mount is a list of `key=value` with commas between and without blanks. Docker ends the build at a key or a type that it does not know, at a value that is none of those it takes, and at a key that the type does not have: only a secret and an ssh mount may be `required`, only a cache has `sharing`, only tmpfs a `size`, and `mode`, `uid` and `gid` are not for bind and tmpfs. `size` and `required` must stand behind `type=`. No variable is put into `from`, and none can lie over the root of the image (BuildKit 0.34).',
  messages: {
    empty: 'Docker cannot read this mount. Write it as in `--mount=type=cache,target=/root/.cache`.',
    key: 'A mount has no key `{part}`. Delete it.',
    keyTypo: 'A mount has no key `{part}`. Did you mean `{meant}`?',
    value: '`{part}` needs a value. Write `{key}=…`.',
    type: `There is no mount of the type \`{part}\`. Write ${listed(mountTypes)}.`,
    typeTypo: 'There is no mount of the type `{part}`. Did you mean `{meant}`?',
    sharing: `\`{part}\` is no way to share a cache. Write ${listed(sharingModes)}.`,
    sharingTypo: '`{part}` is no way to share a cache. Did you mean `{meant}`?',
    boolean: '`{key}` is on or off, and `{part}` is neither. Write `{key}`, or `{key}=false`.',
    mode: '`{part}` is no mode. Write octal digits, such as `0755`.',
    number: '`{part}` is no number, and Docker looks up no names here. Write the id.',
    size: '`{part}` is no size. Write a number with a unit, such as `64m` or `1g`.',
    variable:
      'Docker puts no variables into `from`. Write `FROM … AS <name>` above with the variable, and `from=<name>` here.',
    misplaced: 'A mount of the type {type} takes no `{key}`. Leave it out, or change the type.',
    early: '`{key}` stands before the type that has it, so Docker refuses it. Write `type=` first.',
    source: 'This secret has no name. Write `id=…`, and give it with `docker build --secret id=…`.',
    root: 'This mount lies over the root of the image, which Docker refuses. Name a folder in `target`.',
    missing:
      'This mount has no target, so it lies over the root of the image, which Docker refuses. Write `target=…`.',
    twice: '`source` and `id` both name the secret, and Docker takes one. Leave one out.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM debian:12\nRUN --mount=type=cache,target=/c,sharing=LOCKED,mode=0755,uid=1000,id=a --mount=type=secret,id=b,env=B,required true',
      },
      {
        code: 'FROM debian:12\nRUN --mount=target=/src,rw,readonly=0 --mount=type=tmpfs,target=/t,size=1.5GiB true',
      },
      {
        code: 'FROM debian:12\nARG KIND=cache WHERE\nRUN --mount=type=$KIND,target=/a,sharing=$WHERE true',
        note: 'variables are put in, but into `from`',
      },
      {
        code: 'FROM debian:12\nRUN --mount=type=ssh,id=a,required=true --mount=TYPE=Bind,dst=/d,from=a true',
      },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN --mount=type=⟦chache⟧,target=/x true',
        fixed: 'FROM debian:12\nRUN --mount=type=cache,target=/x true',
      },
      { code: 'FROM debian:12\nRUN --mount=type=⟦volume⟧,target=/x true' },
      {
        code: 'FROM debian:12\nRUN --mount=type=cache,⟦targt⟧=/x true',
        fixed: 'FROM debian:12\nRUN --mount=type=cache,target=/x true',
      },
      { code: 'FROM debian:12\nRUN --mount=type=cache,⟦path⟧=/x true' },
      {
        code: 'FROM debian:12\nRUN --mount=type=cache,target=/x,sharing=⟦share⟧ true',
        fixed: 'FROM debian:12\nRUN --mount=type=cache,target=/x,sharing=shared true',
      },
      { code: 'FROM debian:12\nRUN --mount=type=cache,target=/x,sharing=⟦exclusive⟧ true' },
      { code: 'FROM debian:12\nRUN --mount=type=bind,target=/x,⟦required⟧ true' },
      { code: 'FROM debian:12\nRUN --mount=⟦required⟧=1,type=ssh true', note: 'the type comes too late' },
      { code: 'FROM debian:12\nRUN --mount=type=bind,⟦target⟧ true' },
      {
        code: 'FROM debian:12\nRUN --mount=target=/x,ro=⟦yes⟧ true',
        fixed: 'FROM debian:12\nRUN --mount=target=/x,ro=true true',
      },
      { code: 'FROM debian:12\nARG X=debian:12\nRUN --mount=type=bind,⟦from=${X}⟧,target=/y true' },
      {
        code: 'FROM debian:12\nARG M=777x\nRUN --mount=type=cache,target=/c,mode=⟦0999⟧ true\nRUN --mount=type=cache,target=/c,mode=⟦$M⟧ true',
      },
      { code: 'FROM debian:12\nRUN --mount=type=cache,target=/c,uid=⟦app⟧ true' },
      { code: 'FROM debian:12\nRUN --mount=type=tmpfs,target=/t,size=⟦big⟧ true' },
      {
        code: 'FROM debian:12\nRUN --mount=⟦type=cache⟧ true\nRUN --mount=⟦target=/⟧ true\nWORKDIR /\nRUN --mount=⟦target=.⟧ true',
      },
      { code: 'FROM debian:12\nRUN --mount=target=/t,⟦mode=0755⟧ true' },
      { code: 'FROM debian:12\nRUN --mount=type=secret,⟦from=a⟧,id=b true' },
      { code: 'FROM debian:12\nRUN --mount=⟦type=secret,required⟧ true' },
      { code: 'FROM debian:12\nRUN --mount=type=secret,⟦id=a⟧,src=b true' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      for (const { name, value } of run.node.flags) {
        if (name !== 'mount' || !value) continue;
        const fault = findMountFault(value, (text) => textInPlainBuild(facts, run, text));
        if (!fault) {
          const root = rootMount(facts, run, value);
          if (root) report(run.at(value), root);
          continue;
        }
        const { kind, part, key, type, meant } = fault;
        const span = run.at(fault);
        const fix = (): Fix | undefined =>
          meant && {
            title: `Write ${meant.text}`,
            safety: 'unsafe',
            edits: [{ span: run.at(meant.at), text: meant.text }],
          };
        if (kind === 'misplaced') {
          const isEarly = value.value.slice(part.length).toLowerCase().includes(',type=');
          report(span, isEarly && type === 'bind' ? 'early' : 'misplaced', { key, type });
        } else if (meant && (kind === 'key' || kind === 'type' || kind === 'sharing')) {
          report(span, `${kind}Typo`, { part, meant: meant.text }, fix);
        } else report(span, kind, { part, key }, fix);
        return;
      }
    },
  }),
});
