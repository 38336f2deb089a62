# Größe: 😀 comments count in UTF-16 units
FROM python:3.12
LABEL maintainer="Zoë 😀" beschreibung="Bild für Modelle"
RUN echo "😀😀" && pip install numpy && echo ü
COPY données/ /données/
CMD python app.py
