// The platforms that are ticked before anybody chose some: those of the last time, else those that the project names.
import type { Memento } from 'vscode';
import * as vscode from 'vscode';
import { readText } from '../ui/workspace.ts';
import type { BuildPlan } from './build-work.ts';

type Memory = Pick<Memento, 'get' | 'update'>;
type Of = Pick<BuildPlan, 'context' | 'dockerfile'>;

const keyOf = ({ dockerfile }: Of) => `platforms:${dockerfile}`;

/** Of a build for several alone: one for a single platform says nothing of those that it is published for. */
export async function rememberPlatforms(memory: Memory, plan: Of & Pick<BuildPlan, 'platforms'>) {
  const { platforms = [] } = plan;
  if (platforms.length > 1) await memory.update(keyOf(plan), platforms);
}

export async function likelyPlatforms(
  memory: Memory,
  plan: Of & Pick<BuildPlan, 'facts'>,
): Promise<readonly string[]> {
  const last = memory.get<readonly string[]>(keyOf(plan), []);
  if (last.length) return last;
  const baked = await Promise.all(
    // The names that `docker buildx bake` looks for, but for those of Compose (buildx, bake/bake.go, `defaultFilenames`).
    ['docker-bake.json', 'docker-bake.hcl', 'docker-bake.override.json', 'docker-bake.override.hcl'].map(
      (name) => readText(vscode.Uri.joinPath(vscode.Uri.file(plan.context), name)),
    ),
  );
  const named = platformsIn(baked.join('\n'));
  return named.length ? named : plan.facts.platforms;
}

/** No comment but names one, and a file of HCL is not read for more than this. */
function platformsIn(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => !/^\s*(?:#|\/\/)/.test(line));
  return [...new Set(lines.join('\n').match(platform))];
}

const platform = /\blinux\/(?:386|amd64|arm|arm64|loong64|ppc64le|riscv64|s390x)\b(?:\/v\d)?/g;
