FROM python:latest
RUNN pip install x
RUN
RUN pip install numpy
COPY
ONBUILD NOTHING here
CMD ["python", "app.py"
LABEL
HEALTHCHECK CMD curl localhost | grep ok
ENV A
FROM
USER root
