import argparse
import runpy

import stand_in_web


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("verb")
    parser.add_argument("script")
    parser.add_argument("--server.port", dest="port", default=8501)
    parser.add_argument("--server.address", dest="address", default="0.0.0.0")
    args, _ = parser.parse_known_args()
    shown = runpy.run_path(args.script)["page"]
    app = stand_in_web.App()
    app.route("/")(lambda: shown)
    app.route("/_stcore/health")(lambda: "ok")
    stand_in_web.serve(app, args.address, args.port)
