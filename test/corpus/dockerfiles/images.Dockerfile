ARG REGISTRY=registry.example.org:5000
ARG TAG
FROM $REGISTRY/team/base:1.2 AS one
FROM localhost:5000/x
FROM nvcr.io/nvidia/pytorch:24.10-py3@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS NGC
FROM --platform=$BUILDPLATFORM python:${TAG:-3.12} as two
FROM ngc
COPY --from=one /a /b
COPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/
FROM scratch
COPY --from=2 / /
FROM two AS last
