FROM wheelhouse-fixed-base:1
RUN dnf install -y git-2.47 && \
    dnf install -y make-4.4
CMD ["cat", "/etc/installed"]
