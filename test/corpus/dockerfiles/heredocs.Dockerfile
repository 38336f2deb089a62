# syntax=docker/dockerfile:1.7
FROM python:3.12-slim
RUN <<EOT
apt-get update
apt-get install -y curl
rm -rf /var/lib/apt/lists/*
EOT
RUN <<-'SCRIPT' bash -eo pipefail
	curl -fsSL https://example.org/x.tar.gz | tar xz
	# a comment of the script
	pip install ./x
	SCRIPT
RUN python3 <<PY
import sys
FROM = "not an instruction"
print(sys.version)
PY
COPY <<app.toml <<"run.sh" /etc/app/
[server]
port = 8000
app.toml
#!/bin/sh
exec "$@"
run.sh
RUN cat <<A > /a && cat <<B > /b
one
A
two
B
ONBUILD RUN <<EOF
pip install -r requirements.txt
EOF
CMD ["app"]
