FROM wheelhouse-fixed-base:1
RUN yum install -y git-2.47
CMD ["cat", "/etc/installed"]
