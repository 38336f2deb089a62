/** How BuildKit reads a flag: `list` may stand several times, `boolean` needs no value. */
export type FlagKind = 'boolean' | 'text' | 'list';

interface KnownFlag {
  readonly kind: FlagKind;
  /** The minor version of Dockerfile syntax 1 that brought it, where it is not as old as the instruction. */
  readonly since?: number;
}

/**
 * The flags of each instruction, from BuildKit 0.34.2 (`frontend/dockerfile/instructions`: `AddBool`, `AddString`,
 * `AddStrings`); the versions from its Dockerfile reference, "Minimum Dockerfile version". Read in November 2026.
 */
export const instructionFlags: Readonly<Record<string, Readonly<Record<string, KnownFlag>>>> = {
  FROM: { platform: { kind: 'text' } },
  RUN: {
    device: { kind: 'list', since: 27 },
    mount: { kind: 'list', since: 2 },
    network: { kind: 'text', since: 3 },
    security: { kind: 'text', since: 20 },
  },
  ADD: {
    checksum: { kind: 'text', since: 6 },
    chmod: { kind: 'text', since: 2 },
    chown: { kind: 'text' },
    exclude: { kind: 'list', since: 19 },
    'keep-git-dir': { kind: 'boolean', since: 1 },
    link: { kind: 'boolean', since: 4 },
    unpack: { kind: 'boolean', since: 17 },
  },
  COPY: {
    chmod: { kind: 'text', since: 2 },
    chown: { kind: 'text' },
    exclude: { kind: 'list', since: 19 },
    from: { kind: 'text' },
    link: { kind: 'boolean', since: 4 },
    parents: { kind: 'boolean', since: 20 },
  },
  HEALTHCHECK: {
    interval: { kind: 'text' },
    retries: { kind: 'text' },
    'start-interval': { kind: 'text' },
    'start-period': { kind: 'text' },
    timeout: { kind: 'text' },
  },
};

/** Instructions behind which BuildKit passes over flags without a look (`parseArg`, `parseStopSignal`). */
export const ignoresFlags: ReadonlySet<string> = new Set(['ARG', 'STOPSIGNAL']);
