// What pyproject.toml says of a package.
import { parse } from 'smol-toml';
import * as z from 'zod';

export type Project = {
  readonly name: string;
  /** Absent when the backend computes it. */
  readonly version?: string;
  readonly requiresPython?: string;
  readonly backend?: string;
};

const pyproject = z.object({
  project: z
    .object({
      name: z.string(),
      version: z.string().optional(),
      'requires-python': z.string().optional(),
    })
    .optional(),
  'build-system': z.object({ 'build-backend': z.string().optional() }).optional(),
});

/** Undefined when the text is no pyproject.toml of a package: broken, or with tool settings only. */
export function parseProject(text: string): Project | undefined {
  try {
    const parsed = pyproject.parse(parse(text));
    if (!parsed.project) return undefined;
    const { name, version, 'requires-python': requiresPython } = parsed.project;
    const system = parsed['build-system'];
    // Without a backend named, PEP 517 means setuptools' legacy one.
    const backend = system && (system['build-backend']?.split('.')[0] ?? 'setuptools');
    return { name, version, requiresPython, backend };
  } catch {
    return undefined;
  }
}
