// Read on 2026-11-27.

/** Programs that people call from Python and that the slim images of Python do not hold (their list of packages, `dpkg -l`). */
export const calledPrograms: readonly string[] =
  'git docker docker-compose kubectl pandoc convert magick tesseract pdftotext pdftoppm libreoffice soffice node npm npx java Rscript pdflatex xelatex latexmk dot wkhtmltopdf adb nmap ping ssh rsync curl wget aws gcloud az psql pg_dump mysqldump redis-cli sox espeak ollama chromium google-chrome chromedriver exiftool yt-dlp youtube-dl terraform ffmpeg ffprobe make gcc'.split(
    ' ',
  );
