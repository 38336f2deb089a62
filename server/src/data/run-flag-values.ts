/**
 * What the flags of RUN take, from BuildKit 0.34.2 (`frontend/dockerfile/instructions/commands_run*.go`), read in
 * 2026-11. A key of `--mount` stands with the types of mount that take it, where not all do.
 */
export const mountTypes = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'] as const;

const withOwner = ['cache', 'secret', 'ssh'];

export const mountKeys: Readonly<Record<string, readonly string[] | undefined>> = {
  type: undefined,
  from: ['bind', 'cache', 'tmpfs', 'ssh'],
  source: ['bind', 'cache', 'tmpfs', 'secret'],
  src: ['bind', 'cache', 'tmpfs', 'secret'],
  target: undefined,
  dst: undefined,
  destination: undefined,
  readonly: undefined,
  ro: undefined,
  readwrite: undefined,
  rw: undefined,
  required: ['secret', 'ssh'],
  size: ['tmpfs'],
  id: undefined,
  sharing: ['cache'],
  mode: withOwner,
  uid: withOwner,
  gid: withOwner,
  env: undefined,
};

/** The keys that stand without a value, and take one for on or off. */
export const mountSwitches: ReadonlySet<string> = new Set(['readonly', 'ro', 'readwrite', 'rw', 'required']);

export const sharingModes = ['shared', 'private', 'locked'] as const;
export const networkModes = ['default', 'none', 'host'] as const;
export const securityModes = ['sandbox', 'insecure'] as const;

/** The texts that Go takes for on and off (`strconv.ParseBool`). */
export const goBooleans = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;
