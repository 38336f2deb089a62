FROM debian:12
RUN apt-get install curl
RUN <<EOF
pip install torch
CMD ["never", "seen"]

EOF2

