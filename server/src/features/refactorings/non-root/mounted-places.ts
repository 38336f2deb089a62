import { blockAt } from './compose-services.ts';

/** Something that a container has from outside of its image. */
export interface MountedPlace {
  /** Its path in the container. */
  readonly target: string;
  /** As written: a path of the machine, or the name of a volume; undefined where a volume is made for it. */
  readonly source: string | undefined;
}

/** An item of a list in a Compose file: `./app:/app`, `/app/.venv`. */
const item =
  /^\s*-\s*["']?(?:([^\s"'#=]+):)?(?:\$\{\w+:?-)?(\/[^\s:#,"'}\]]*)\}?(?::[\w,]+)?["']?\s*(?:#.*)?$/;
const flag =
  /\s(?:-v|--volume)[ =]?["']?(?:([^\s=:]+(?::-?[^\s=:/]+)?):)?(?:\$\{\w+:?-)?(\/[^\s:#,"'}\]]*)\}?(?=[\s:"'])/g;
/** `--mount type=bind,source=.,target=/app`, and the `workspaceMount` of a development container. */
const pairs = /\b(?:type|source|src|target|dst|destination)=[^\s"']+/g;

/** What a service of Compose, a command that runs a container or a devcontainer.json mounts. */
export function placesIn(text: string): MountedPlace[] {
  const lines = text.split(/\r?\n/);
  const found = lines.flatMap((line, start): MountedPlace[] => {
    const [, source, target] = item.exec(line) ?? [];
    if (target !== undefined) return [{ source, target }];
    if (!/^\s*-/.test(line)) return [];
    const block = blockAt(lines, start);
    const to = /(?:^|[\s{,-])target:\s*["']?(\/[^\s"',}]*)/.exec(block)?.[1];
    const from = /(?:^|[\s{,-])source:\s*["']?([^\s"',]+)/.exec(block)?.[1];
    return to === undefined ? [] : [{ source: from, target: to }];
  });
  const flags = [...` ${text} `.matchAll(flag)].flatMap(([, source, target = '']) => ({ source, target }));
  const given = (text.match(pairs) ?? []).flatMap((words): MountedPlace[] => {
    const of = (key: RegExp) =>
      words
        .split(',')
        .find((one) => key.test(one))
        ?.replace(/^\w+=/, '');
    const target = of(/^(?:target|dst|destination)=/);
    return target?.startsWith('/') ? [{ source: of(/^(?:source|src)=/), target }] : [];
  });
  return [...found, ...flags, ...given].map(({ source, target }) => ({
    source,
    target: target.length > 1 ? target.replace(/\/$/, '') : target,
  }));
}

/** Whether what is mounted is a folder or file of the machine, and no volume: one that is new has what the image has there. */
export const isOfMachine = ({ source }: MountedPlace): boolean =>
  source !== undefined && /^[.~/$%]|[\\/]/.test(source);
