import http.server
import importlib
import json


# One framework for all: routes by their paths, and a server for them.
class App:
    def __init__(self, *_, **__):
        self.routes = {}

    def route(self, path, **_):
        def keep(function):
            self.routes[path] = function
            return function

        return keep

    get = route

    def __call__(self, *_):
        raise NotImplementedError

    def run(self, host="127.0.0.1", port=5000, **_):
        serve(self, host, port)


def load(target, factory=False):
    module, _, name = target.partition(":")
    found = getattr(importlib.import_module(module), name.removesuffix("()") or "application")
    return found() if factory or name.endswith("()") else found


def serve(app, host, port):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            found = app.routes.get(self.path)
            said = found() if found else None
            self.send_response(200 if found else 404)
            self.end_headers()
            self.wfile.write((said if isinstance(said, str) else json.dumps(said)).encode())

        def log_message(self, *_):
            pass

    http.server.ThreadingHTTPServer((host, int(port)), Handler).serve_forever()
