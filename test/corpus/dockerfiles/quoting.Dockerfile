FROM debian:12
ENV GREETING="hello \"world\"" NAME='it''s' PATH_WITH=a\ b
ENV legacy the rest  is   the value
LABEL "com.example.vendor"="ACME \
Incorporated" version="1.0"
ARG UNQUOTED=$HOME/${USER:-nobody}
RUN echo "it's" 'a "b"' \'c && pip install "torch>=2" 'numpy<2' scipy\==1.14
RUN echo `pip install inner` $(apt-get install -y nested)
RUN it's unbalanced
SHELL ["/bin/sh", "-c"]
VOLUME ["/data", "/models"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=3s --retries=3 CMD ["curl", "-f", "http://localhost/"]
HEALTHCHECK NONE
EXPOSE 80/tcp 443 8000-8010
