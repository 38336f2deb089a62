// Read on 2026-11-29.

/** Of which Tesseract has the data there. */
const languages =
  `afr amh ara asm aze bel ben bod bos bre bul cat ceb ces chi-sim chi-sim-vert chi-tra chi-tra-vert chr cos cym
  dan deu div dzo ell eng enm epo est eus fao fas fil fin fra frk frm fry gla gle glg grc guj hat heb hin hrv hun
  hye iku ind isl ita jav jpn jpn-vert kan kat kaz khm kir kmr kor lao lat lav lit ltz mal mar mkd mlt mon mri msa
  mya nep nld nor oci ori osd pan pol por pus que ron rus san sin slk slv snd spa sqi srp srp-latn sun swa swe syr
  tam tat tel tgk tha tir ton tur uig ukr urd uzb vie yid yor`.split(/\s+/);

/**
 * Packages that Debian 12 has, of those that Dockerfiles of Python programs ask for: a name of another release may be none of
 * it, such as `python-dev` and `netcat`. Source: `apt-cache policy` of Debian 12.
 */
export const bookwormNames: ReadonlySet<string> = new Set([
  ...`alsa-utils antiword aria2 autoconf automake bash-completion binutils bzip2 ca-certificates cargo chromium
  chromium-driver clang cmake coreutils cron curl default-jdk default-jdk-headless default-jre default-jre-headless
  default-libmysqlclient-dev default-mysql-client dialog dnsutils dos2unix dumb-init espeak espeak-ng ffmpeg file
  firefox-esr fontconfig fonts-dejavu fonts-dejavu-core fonts-freefont-ttf fonts-liberation fonts-noto fonts-noto-cjk
  fonts-noto-color-emoji freetds-bin freetds-dev gdal-bin gettext gettext-base gfortran ghostscript git git-lfs gnupg
  gosu graphviz gstreamer1.0-plugins-base gstreamer1.0-plugins-good hunspell imagemagick inkscape iproute2
  iputils-ping jq less libaio1 libasound2 libasound2-dev libatk-bridge2.0-0 libatk1.0-0 libatlas-base-dev
  libatspi2.0-0 libavcodec-dev libavdevice-dev libavfilter-dev libavformat-dev libavutil-dev libblas-dev
  libboost-all-dev libbz2-dev libcairo2 libcairo2-dev libcups2 libcurl4 libcurl4-openssl-dev libdbus-1-3 libdrm2
  libegl1 libenchant-2-2 libev-dev libevent-dev libexpat1 libffi-dev libffi8 libfontconfig1 libfreetype-dev
  libfreetype6 libfreetype6-dev libgbm1 libgdal-dev libgdk-pixbuf-2.0-0 libgdk-pixbuf2.0-0 libgeos-c1v5 libgeos-dev
  libgirepository1.0-dev libgl1 libgl1-mesa-dev libgl1-mesa-dri libgl1-mesa-glx libgles2 libglib2.0-0 libglib2.0-dev
  libglu1-mesa libgomp1 libgraphviz-dev libgssapi-krb5-2 libgtk-3-0 libgtk2.0-0 libhdf5-dev libicu-dev
  libimage-exiftool-perl libjemalloc2 libjpeg-dev libjpeg62-turbo libjpeg62-turbo-dev libkrb5-dev liblapack-dev
  liblcms2-dev libldap2-dev libleptonica-dev liblz4-dev liblzma-dev libmagic-dev libmagic1 libmagickwand-dev
  libmariadb-dev libmariadb3 libmemcached-dev libmupdf-dev libncurses5-dev libncursesw5-dev libnspr4 libnss3 libodbc1
  libodbc2 libopenblas-dev libopenblas0 libopencv-dev libopengl0 libopenjp2-7 libopenjp2-7-dev libopus-dev libopus0
  libpango-1.0-0 libpango1.0-dev libpangocairo-1.0-0 libpangoft2-1.0-0 libpcre3 libpcre3-dev libpng-dev
  libpoppler-cpp-dev libportaudio2 libportaudiocpp0 libpq-dev libpq5 libproj-dev libre2-dev libreadline-dev
  libreoffice libreoffice-writer libsasl2-dev libsasl2-modules libsm6 libsndfile1 libsndfile1-dev libsodium-dev
  libsodium23 libsox-dev libspatialindex-c6 libspatialindex-dev libsqlite3-0 libsqlite3-dev libsqlite3-mod-spatialite
  libssl-dev libstdc++6 libswresample-dev libswscale-dev libtesseract-dev libtiff-dev libtiff5-dev libtool
  libusb-1.0-0 libwebp-dev libx11-6 libx11-xcb1 libxcb1 libxcomposite1 libxcursor1 libxdamage1 libxext-dev libxext6
  libxfixes3 libxft-dev libxi6 libxkbcommon0 libxml2 libxml2-dev libxmlsec1 libxmlsec1-dev libxmlsec1-openssl
  libxrandr2 libxrender-dev libxrender1 libxshmfence1 libxslt1-dev libxslt1.1 libxss1 libxtst6 libyaml-dev libzbar-dev
  libzbar0 libzmq3-dev locales mariadb-client mediainfo mkvtoolnix mupdf-tools nasm nginx ninja-build nodejs npm
  ocrmypdf openjdk-17-jdk openjdk-17-jdk-headless openjdk-17-jre openjdk-17-jre-headless openssh-client openssh-server
  openssl p7zip-full pandoc pkg-config poppler-utils portaudio19-dev postgresql-client procps proj-bin proj-data
  protobuf-compiler pulseaudio python3-tk qpdf rclone redis-server redis-tools ripgrep rsync rtmpdump ruby rustc
  shared-mime-info smbclient socat sox sqlite3 sudo supervisor swig tcl tesseract-ocr tesseract-ocr-all
  tesseract-ocr-chi-sim tesseract-ocr-deu tesseract-ocr-eng tesseract-ocr-fra tesseract-ocr-spa texlive
  texlive-fonts-recommended texlive-latex-base texlive-latex-extra tini tk tmux tor tree tzdata unixodbc unixodbc-dev
  unoconv unrar-free unzip uuid-dev wait-for-it wget wkhtmltopdf xauth xclip xdg-utils xmlsec1 xvfb xz-utils yasm
  zbar-tools zip zlib1g zlib1g-dev zstd`.split(/\s+/),
  ...languages.map((language) => `tesseract-ocr-${language}`),
]);
