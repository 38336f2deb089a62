FROM debian:12
RUN cat <<B > /b
two \
B
RUN wc 3<<EOF
x
EOF
CMD ["wc"]
