// What two images tell a container to do, beside each other, in the words of a Dockerfile.
import { t } from '@vscode/l10n';
import * as z from 'zod';
import { redact } from '../../runtime/redact.ts';
import { withoutValues } from '../../ui/hidden-values.ts';

export type SettingDifference = {
  /** `CMD`, `ENV PATH`, `EXPOSE 80/tcp`. */
  readonly name: string;
  readonly how: 'added' | 'removed' | 'changed';
  /** As it is shown: without the values of variables. */
  readonly from?: string;
  readonly to?: string;
};

const healthcheck = z.record(z.string(), z.unknown()).nullish();
const words = z.union([z.array(z.string()), z.string()]).nullish();
const names = z.record(z.string(), z.unknown()).nullish();
/** Fields of docs.docker.com/reference/api/engine (image inspect) and of libpod, which has the health check beside the rest. */
const shape = z.object({
  Os: z.string().nullish(),
  Architecture: z.string().nullish(),
  Variant: z.string().nullish(),
  Healthcheck: healthcheck,
  Config: z
    .object({
      User: z.string().nullish(),
      WorkingDir: z.string().nullish(),
      Entrypoint: words,
      Cmd: words,
      Shell: words,
      OnBuild: words,
      StopSignal: z.string().nullish(),
      Healthcheck: healthcheck,
      Env: z.array(z.string()).nullish(),
      Labels: z.record(z.string(), z.string()).nullish(),
      ExposedPorts: names,
      Volumes: names,
    })
    .nullish(),
});

/** By what `inspect` says of both. */
export function settingDifferences(before: unknown, after: unknown): readonly SettingDifference[] {
  const [old, now] = [settingsOf(before), settingsOf(after)];
  const [shownOld, shownNow] = [settingsOf(withoutValues(before)), settingsOf(withoutValues(after))];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name): SettingDifference[] => {
    const [from, to] = [old.get(name), now.get(name)];
    if (from === to) return [];
    const how = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
    return [{ name: redact(name), how, from: shown(shownOld.get(name)), to: shown(shownNow.get(name)) }];
  });
}

const shown = (text: string | undefined) => (text === undefined ? undefined : redact(text));

function settingsOf(raw: unknown): ReadonlyMap<string, string> {
  const { Os, Architecture, Variant, Healthcheck, Config } = shape.safeParse(raw).data ?? {};
  const variables = (Config?.Env ?? []).map((one): [string, string] => {
    const at = one.indexOf('=');
    return at < 0 ? [`ENV ${one}`, ''] : [`ENV ${one.slice(0, at)}`, one.slice(at + 1)];
  });
  const each = (keyword: string, things: z.infer<typeof names>) =>
    Object.keys(things ?? {}).map((name): [string, string] => [`${keyword} ${name}`, '']);
  const one = (name: string, value: unknown): [string, string][] => {
    if (!value || (typeof value === 'object' && !Object.keys(value).length)) return [];
    return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
  };
  return new Map([
    ...one(t('Platform'), [Os, Architecture, Variant].filter(Boolean).join('/')),
    ...one('USER', Config?.User),
    ...one('WORKDIR', Config?.WorkingDir),
    ...one('ENTRYPOINT', Config?.Entrypoint),
    ...one('CMD', Config?.Cmd),
    ...one('SHELL', Config?.Shell),
    ...one('HEALTHCHECK', Config?.Healthcheck ?? Healthcheck),
    ...one('STOPSIGNAL', Config?.StopSignal),
    ...one('ONBUILD', Config?.OnBuild),
    ...variables,
    ...each('EXPOSE', Config?.ExposedPorts),
    ...each('VOLUME', Config?.Volumes),
    ...Object.entries(Config?.Labels ?? {}).map(([name, value]): [string, string] => [
      `LABEL ${name}`,
      value,
    ]),
  ]);
}
