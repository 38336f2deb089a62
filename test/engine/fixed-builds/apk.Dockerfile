FROM wheelhouse-fixed-base:1
RUN apk add git=2.50
RUN apk update && apk add curl=8.14
CMD ["cat", "/etc/installed"]
