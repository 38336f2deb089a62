import { reportCodacy, reportCodeClimate, reportGitlab } from './codeclimate.ts';
import { reportJson } from './json.ts';
import type { Report } from './report.ts';
import { reportSarif } from './sarif.ts';
import { reportSonarqube } from './sonarqube.ts';
import { reportGithub, reportGnu, reportTty } from './text.ts';
import { reportCheckstyle, reportJunit } from './xml.ts';

type Format = (report: Report, sha1: (text: string) => string) => string;

/** The formats by name; hadolint's own names are among them. */
export const formats = {
  tty: reportTty,
  json: reportJson,
  sarif: reportSarif,
  checkstyle: reportCheckstyle,
  codeclimate: reportCodeClimate,
  gitlab: reportGitlab,
  gitlab_codeclimate: reportGitlab,
  gnu: reportGnu,
  codacy: reportCodacy,
  sonarqube: reportSonarqube,
  junit: reportJunit,
  github: reportGithub,
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof formats;

export function isFormat(name: string): name is FormatName {
  return Object.hasOwn(formats, name);
}

/** Only hadolint's formats for services that judge by themselves: with one of them a run succeeds whatever is found. */
export const neverFailing: ReadonlySet<string> = new Set<FormatName>(['codeclimate', 'codacy']);
