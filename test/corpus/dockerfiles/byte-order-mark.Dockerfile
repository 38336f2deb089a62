# syntax=docker/dockerfile:1
FROM python
RUN pip install numpy