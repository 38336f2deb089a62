# What the Dockerfiles beside this one start from: Debian with packages, wheels and programs that need no network.
ARG BASE
FROM ${BASE}
COPY --chmod=755 programs/manager /usr/local/bin/manager
RUN for name in apk dnf wget yarn yum; do ln -s manager "/usr/local/bin/$name"; done
COPY make-packages.sh /tmp/
RUN sh /tmp/make-packages.sh && rm /tmp/make-packages.sh
ENV PATH=/opt/venv/bin:$PATH PIP_NO_INDEX=1 PIP_FIND_LINKS=/srv/wheels PIP_DISABLE_PIP_VERSION_CHECK=1
