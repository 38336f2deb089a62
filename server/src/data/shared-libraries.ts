import { ffmpeg, gitProgram, type SystemRelease } from './runtime-libraries.ts';

// Read on 2026-11-28.

/**
 * Packages of Debian 12 by the shared libraries that the dynamic linker names when one is missing, and by programs. Source: Debian
 * policy 8.1, by which a package of a library is named after its soname, and `apt-cache show` of Debian 12.
 */
const libraries = `
libGL.so.1: libgl1
libEGL.so.1: libegl1
libGLESv2.so.2: libgles2
libglib-2.0.so.0: libglib2.0-0
libgthread-2.0.so.0: libglib2.0-0
libgobject-2.0.so.0: libglib2.0-0
libgomp.so.1: libgomp1
libsndfile.so.1: libsndfile1
libportaudio.so.2: libportaudio2
libasound.so.2: libasound2
libpq.so.5: libpq5
libmariadb.so.3: libmariadb3
libodbc.so.2: libodbc2
libmagic.so.1: libmagic1
libzbar.so.0: libzbar0
libcairo.so.2: libcairo2
libpango-1.0.so.0: libpango-1.0-0
libpangoft2-1.0.so.0: libpangoft2-1.0-0
libfontconfig.so.1: libfontconfig1
libfreetype.so.6: libfreetype6
libX11.so.6: libx11-6
libXext.so.6: libxext6
libXrender.so.1: libxrender1
libXi.so.6: libxi6
libSM.so.6: libsm6
libICE.so.6: libice6
libxcb.so.1: libxcb1
libexpat.so.1: libexpat1
libusb-1.0.so.0: libusb-1.0-0
libatomic.so.1: libatomic1
tesseract: tesseract-ocr
pdftoppm: poppler-utils
pdfinfo: poppler-utils
dot: graphviz
`;

const bookworm = new Map(
  libraries
    .trim()
    .split('\n')
    .map((line) => line.split(': ') as [string, string]),
);

/** What brings a library or a program that was not found in an image; nothing where that is not known. */
export function bringing(missing: string, release: SystemRelease): readonly string[] {
  if (missing === 'ffmpeg' || missing === 'ffprobe') return ffmpeg[release];
  if (missing === 'git') return gitProgram[release];
  // Ubuntu 24.04 has some of them under other names.
  const name = release === 'bookworm' ? bookworm.get(missing) : undefined;
  return name === undefined ? [] : [name];
}

/** For a test that holds them against what Debian has. */
export const sharedLibraries: ReadonlyMap<string, string> = bookworm;
