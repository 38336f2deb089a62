import type { Browser } from 'playwright-core';
import type { Parts } from '../../parts/environment.ts';
import type { Artifact } from '../artifacts.ts';
import type { Results } from '../results.ts';

export async function runUi(
  _parts: Parts,
  _artifact: Artifact,
  _browser: Browser,
  _results: Results,
): Promise<void> {}
