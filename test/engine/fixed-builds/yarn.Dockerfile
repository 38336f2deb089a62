FROM wheelhouse-fixed-base:1
WORKDIR /app
RUN yarn install --frozen-lockfile
CMD ["cat", "/etc/installed"]
