import * as vscode from 'vscode';
import type { EngineChoice } from '../runtime/engine.ts';

const section = 'wheelhouse';

export function engineChoice(): EngineChoice {
  const settings = vscode.workspace.getConfiguration(section);
  return {
    engine: settings.get<EngineChoice['engine']>('engine', 'auto'),
    dockerPath: settings.get('dockerPath', ''),
    podmanPath: settings.get('podmanPath', ''),
    nerdctlPath: settings.get('nerdctlPath', ''),
    finchPath: settings.get('finchPath', ''),
  };
}

export function uvPath(): string {
  return vscode.workspace.getConfiguration(section).get('uvPath', '');
}

export function buildPlatforms(): readonly string[] {
  return vscode.workspace.getConfiguration(section).get('build.platforms', []);
}

export function onEngineSettings(listener: () => void): vscode.Disposable {
  const keys = ['engine', 'dockerPath', 'podmanPath', 'nerdctlPath', 'finchPath'];
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (keys.some((key) => event.affectsConfiguration(`${section}.${key}`))) listener();
  });
}

export function showsLogsInTerminal(): boolean {
  return vscode.workspace.getConfiguration(section).get<string>('containers.logs') === 'terminal';
}

/** Before a single stopped container goes; anything more is asked about always. */
export function asksBeforeRemoval(): boolean {
  return vscode.workspace.getConfiguration(section).get('containers.confirmRemoval', true);
}

export async function stopAskingBeforeRemoval(): Promise<void> {
  const everywhere = vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration(section).update('containers.confirmRemoval', false, everywhere);
}

export function showsLiveFigures(): boolean {
  return vscode.workspace.getConfiguration(section).get('containers.liveFigures', true);
}

export function onLiveFiguresSetting(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${section}.containers.liveFigures`)) listener();
  });
}

/** Whether what another extension shows already is left out of what we show. */
export function hidesShownFindings(uri: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration(section, uri).get('lint.neighbours', 'theirs') === 'theirs';
}

export function onNeighbourSetting(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${section}.lint.neighbours`)) listener();
  });
}
