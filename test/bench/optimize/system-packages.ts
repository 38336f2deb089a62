// Debian packages of the stand-in images: what of them a program can notice.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

interface SystemPackage {
  readonly programs?: readonly string[];
  /** Paths of libraries and headers. */
  readonly files?: readonly string[];
  readonly depends?: readonly string[];
  readonly recommends?: readonly string[];
  /** Name of the file in `sources.list.d` without which it is not found. */
  readonly source?: string;
}

const library = (name: string) => `usr/lib/x86_64-linux-gnu/${name}`;

export const systemPackages: Readonly<Record<string, SystemPackage>> = {
  'build-essential': { depends: ['gcc', 'make'] },
  gcc: { programs: ['gcc', 'cc'], depends: ['libgomp1'] },
  make: { programs: ['make'] },
  git: { programs: ['git'] },
  curl: { programs: ['curl'] },
  wget: { programs: ['wget'] },
  patch: { programs: ['patch'] },
  unzip: { programs: ['unzip'] },
  ffmpeg: { programs: ['ffmpeg'] },
  graphviz: { programs: ['dot'], recommends: ['fonts-liberation'] },
  'fonts-liberation': { files: ['usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf'] },
  'acme-scanner': { programs: ['scan'], source: 'acme.list' },
  'ca-certificates': {},
  libgomp1: { files: [library('libgomp.so.1')] },
  libpq5: { files: [library('libpq.so.5')] },
  'libpq-dev': { files: ['usr/include/postgresql/libpq-fe.h'], depends: ['libpq5'] },
  libmagic1: { files: [library('libmagic.so.1')] },
  libgl1: { files: [library('libGL.so.1')] },
  'libglib2.0-0': { files: [library('libgthread-2.0.so.0')] },
  libsm6: {},
  libxext6: {},
  'libpango-1.0-0': { files: [library('libpango-1.0.so.0')] },
  'libpangoft2-1.0-0': { depends: ['libpango-1.0-0'] },
};

/** What the full images hold beyond the slim ones (Dockerfiles of buildpack-deps). */
export const fullImage = 'build-essential git curl wget patch unzip libpq-dev libmagic1 libpango-1.0-0';

/** Writes each package as the folder that the stand-in of apt-get copies from. */
export function writeSystemPackages(folder: string): void {
  for (const [name, { programs = [], files = [], ...relations }] of Object.entries(systemPackages)) {
    const write = (file: string, text: string, mode = 0o644) => {
      const full = path.join(folder, name, file);
      mkdirSync(path.dirname(full), { recursive: true });
      writeFileSync(full, text, { mode });
    };
    mkdirSync(path.join(folder, name), { recursive: true });
    for (const file of files) write(file, 'stand-in\n');
    for (const program of programs) {
      if (/^(?:curl|wget)$/.test(program)) {
        mkdirSync(path.join(folder, name, 'usr/bin'), { recursive: true });
        cpSync(path.join(import.meta.dirname, 'stand-ins/curl'), path.join(folder, name, 'usr/bin', program));
      } else write(`usr/bin/${program}`, `#!/bin/sh\necho "${program} is there"\n`, 0o755);
    }
    for (const [relation, value] of Object.entries(relations))
      writeFileSync(path.join(folder, `${name}.${relation}`), [value].flat().join(' '));
  }
}
