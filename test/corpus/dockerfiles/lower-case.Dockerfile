from ubuntu:22.04 as base
maintainer someone
run apt-get update
run apt-get install -y python3-pip
run sudo pip3 install torch
copy . .
user root
entrypoint python3 main.py
