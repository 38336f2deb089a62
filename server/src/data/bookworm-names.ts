// Read on 2026-11-27.

/**
 * Packages of Debian with a number in their names that releases around it have under the same name and Debian 12 has, too:
 * what Dockerfiles of Python programs ask for. Source: `apt-cache policy` of Debian 12; a name without a number is the same
 * in all of them.
 */
export const bookwormNames: ReadonlySet<string> = new Set(
  `bzip2 libasound2 libasound2-dev libbz2-dev libcairo2 libegl1 libfreetype6 libfreetype6-dev libgdk-pixbuf-2.0-0
  libgdk-pixbuf2.0-0 libgl1 libgl1-mesa-dev libgl1-mesa-dri libgl1-mesa-glx libgles2 libglib2.0-0 libgomp1 libgtk-3-0
  libhdf5-dev libjpeg62-turbo libjpeg62-turbo-dev libmagic1 libmariadb3 libnss3 libodbc1 libodbc2 libopengl0 libopenjp2-7
  libpango-1.0-0 libpangocairo-1.0-0 libpangoft2-1.0-0 libportaudio2 libpq5 libsm6 libsndfile1 libspatialindex-c6
  libsqlite3-dev libsqlite3-mod-spatialite libx11-6 libxcb1 libxext6 libxi6 libxkbcommon0 libxml2 libxml2-dev libxrender1
  libxslt1-dev libxslt1.1 libxtst6 libzbar0 p7zip-full portaudio19-dev sqlite3 zlib1g zlib1g-dev`.split(
    /\s+/,
  ),
);
