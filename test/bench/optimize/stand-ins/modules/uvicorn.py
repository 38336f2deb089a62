import argparse
import sys

import stand_in_web


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("app")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--app-dir", default="")
    parser.add_argument("--factory", action="store_true")
    parser.add_argument("--workers")
    args = parser.parse_args()
    sys.path.insert(0, args.app_dir)
    stand_in_web.serve(stand_in_web.load(args.app, args.factory), args.host, args.port)


if __name__ == "__main__":
    main()
