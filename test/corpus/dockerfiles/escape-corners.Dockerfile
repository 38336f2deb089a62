FROM debian:12
RUN echo six \
\
  && echo seven
\
RUN echo eight \\
LABEL a=b
