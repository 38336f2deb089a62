FROM wheelhouse-fixed-base:1
MAINTAINER Ada Lovelace <ada@example.org>
CMD ["true"]
