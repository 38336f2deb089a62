import argparse
import os
import sys

import stand_in_web


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("app")
    parser.add_argument("-b", "--bind", default="127.0.0.1:8000")
    parser.add_argument("-w", "--workers")
    parser.add_argument("-k", "--worker-class")
    parser.add_argument("--chdir", default=".")
    args = parser.parse_args()
    os.chdir(args.chdir)
    sys.path.insert(0, os.getcwd())
    host, _, port = args.bind.rpartition(":")
    stand_in_web.serve(stand_in_web.load(args.app), host or "0.0.0.0", port)


if __name__ == "__main__":
    main()
