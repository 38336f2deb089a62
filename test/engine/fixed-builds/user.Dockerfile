FROM wheelhouse-fixed-base:1
RUN useradd -u 2000000 -m trainer
USER 2000000
WORKDIR /home/trainer
CMD ["sh", "-c", "id; ls -A"]
