/** The arguments of each type of mount by which hadolint 2.15.1 reads it (asked in 2026-11). */
const byType: Readonly<Record<string, readonly string[]>> = {
  bind: ['target', 'from', 'source', 'readonly', 'relabel'],
  cache: ['target', 'from', 'source', 'readonly', 'id', 'sharing', 'mode', 'uid', 'gid'],
  tmpfs: ['target', 'size'],
  secret: ['target', 'source', 'id', 'required', 'mode', 'uid', 'gid', 'env'],
  ssh: ['target', 'source', 'id', 'required', 'mode', 'uid', 'gid', 'env'],
};
const names: Readonly<Record<string, string>> = {
  ...{ dst: 'target', destination: 'target', src: 'source' },
  ...{ ro: 'readonly', rw: 'readonly', readwrite: 'readonly', readonly: 'readonly' },
};
const known = new Set(Object.values(byType).flat());

/** Whether hadolint reads the value of a `--mount`. */
export function hadolintReadsMount(text: string): boolean {
  const given = new Set<string>();
  let type = 'bind';
  for (const part of text.split(',')) {
    const equals = part.indexOf('=');
    const written = equals < 0 ? part : part.slice(0, equals);
    const value = equals < 0 ? undefined : part.slice(equals + 1);
    const name = (Object.hasOwn(names, written) && names[written]) || written;
    if (given.has(name) || value === '') return false;
    given.add(name);
    if (name === 'type') {
      if (value === undefined || !Object.hasOwn(byType, value)) return false;
      type = value;
    } else if (!known.has(name) || !readsValue(name, value)) return false;
  }
  const needsTarget = type !== 'secret' && type !== 'ssh';
  const takes = byType[type] ?? [];
  return (
    [...given].every((name) => name === 'type' || takes.includes(name)) &&
    (!needsTarget || given.has('target'))
  );
}

function readsValue(name: string, value: string | undefined): boolean {
  if (name === 'readonly') return value === undefined || /^(?:true|false)$/i.test(value);
  if (name === 'required') return value === undefined || /^(?:[tT]rue|[fF]alse)$/.test(value);
  if (value === undefined) return false;
  if (name === 'sharing') return /^(?:shared|private|locked)$/.test(value);
  return name !== 'relabel' || /^(?:shared|private)$/.test(value);
}
