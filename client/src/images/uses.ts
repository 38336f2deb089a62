// The containers of an image, stopped ones included.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { containers } from '../engine/containers.ts';
import { failed } from '../runtime/failures.ts';
import { inspectImages } from '../runtime/image-commands.ts';
import { readInspectedRun } from '../runtime/inspected-run.ts';
import { ask } from '../ui/pickers.ts';
import { vouch } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import { imagePatterns } from './failures.ts';

const bare = (id: string) => id.replace(/^sha256:/, '');

/** Lists them to pick one, which is then shown in the view of containers. */
export async function showUses(
  workbench: Workbench,
  ref: string,
): Promise<{ containers: readonly string[] }> {
  const engine = await workbench.engine.get();
  const step = l10n.t('Looking for the containers of {0}', ref);
  const facts = { step, tool: 'engine', image: ref, patterns: imagePatterns } as const;
  const [image] = await workbench.run(await inspectImages(engine, [ref]), facts);
  const all = await workbench.resources.all(containers);
  const isOf = (used: string) =>
    engine.nerdctl
      ? image?.tags.some((tag) => used === tag || used.endsWith(`/${tag}`))
      : bare(used) === bare(image?.id ?? '-');
  const mine = all.filter(({ raw }) => isOf(readInspectedRun(raw).Image ?? ''));
  if (!mine.length)
    throw failed({
      id: 'image-unused',
      message: l10n.t('No container uses {0}.', ref),
      remedy: l10n.t('It can be removed, or run.'),
      action: { label: l10n.t('Run'), command: 'wheelhouse.images.run', arguments: [{ ref }] },
    });
  const choices = mine.map(({ id, name, status }) => ({ label: name, description: status, value: id }));
  const answers = await ask(l10n.t('Containers of {0}', ref), [
    () => ({ key: 'id', kind: 'pick', title: l10n.t('Container'), choices }),
  ]);
  if (answers)
    await vscode.commands.executeCommand('wheelhouse.containers.reveal', vouch({ container: answers.id }));
  return { containers: mine.map(({ name }) => name) };
}
