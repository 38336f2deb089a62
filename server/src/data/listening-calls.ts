// Read on 2026-11-27.

/** A call by which a program begins to listen by itself. */
export interface ListeningCall {
  /** As it stands before its arguments. */
  readonly call: RegExp;
  /** The package, where the call alone does not tell. */
  readonly of?: RegExp;
  /** Another file of the program may tell it. */
  readonly isElsewhere?: boolean;
  /** Every machine reaches it where it is told nothing. */
  readonly isOpen: boolean;
  /** What is read from the environment where it is told nothing. */
  readonly variable?: string;
  readonly port: number;
  /** It speaks another protocol than HTTP, so nobody asks it for a page. */
  readonly isOther?: boolean;
  /** What is to be written where `host="0.0.0.0"` is not it. */
  readonly remedy?: string;
  /** Host and port come in this place, or stand in a pair at the beginning. */
  readonly places?: readonly [host: number, port: number] | 'pair';
  /** What says host and port elsewhere in the program: another call, or what stands before a value. */
  readonly settings?:
    | { readonly made: RegExp }
    | { readonly host: RegExp; readonly port: RegExp }
    | { readonly address: RegExp };
}

/** Of CherryPy, as keys of a dictionary or a file and as attributes (documentation, "Configure"). */
const ofCherrypy = {
  host: /\bsocket_host["']?\]?[ \t]*[:=][ \t]*([^,}\n]+)/,
  port: /\bsocket_port["']?\]?[ \t]*[:=][ \t]*([^,}\n]+)/,
};
const ofGradio = {
  of: /\bgradio\b/,
  isOpen: false,
  variable: 'GRADIO_SERVER_NAME',
  port: 7860,
  remedy: 'server_name="0.0.0.0"',
};

/** Source: the documentation of each, of the function with its defaults. */
export const listeningCalls: readonly ListeningCall[] = [
  { call: /\buvicorn\.run\(/, isOpen: false, port: 8000 },
  { call: /(?:^|\s)run\(/m, of: /\bfrom uvicorn import run\b/, isOpen: false, port: 8000 },
  { call: /\buvicorn\.Config\(/, isOpen: false, port: 8000 },
  { call: /\bConfig\(/, of: /\bfrom uvicorn import\b/, isOpen: false, port: 8000 },
  { call: /\bhypercorn\.run\(/, isOpen: false, port: 8000 },
  {
    call: /\bserve\(/,
    of: /\bfrom hypercorn\.\w+ import serve\b/,
    isOpen: false,
    port: 8000,
    remedy: 'config.bind = ["0.0.0.0:8000"]',
    settings: { address: /\.bind ?= ?\[?(.*)/ },
  },
  { call: /\b(?:socketio|socket_io|sio)\.run\(/, isOpen: false, port: 5000, places: [1, 2] },
  {
    call: /\bcherrypy\.(?:quickstart|engine\.(?:start|block))\(/,
    isOpen: false,
    port: 8080,
    settings: ofCherrypy,
    remedy: 'cherrypy.config.update({"server.socket_host": "0.0.0.0"})',
  },
  {
    call: /\.run\(\s*transport ?= ?["'](?:http|sse|streamable-http)["']/,
    of: /\bFastMCP\(/,
    isElsewhere: true,
    isOpen: false,
    port: 8000,
    settings: { made: /\bFastMCP\(/ },
  },
  { call: /\.serve\(/, of: /\b(?:from|import) livereload\b/, isOpen: false, port: 5500, places: [2, 0] },
  { call: /\bui\.run\(/, of: /\bnicegui\b/, isOpen: true, port: 8080 },
  // Browsers are launched too; none is told a server.
  { ...ofGradio, call: /\.launch\((?=[^()]*\bserver_(?:name|port) ?=)/, isElsewhere: true },
  { ...ofGradio, call: /\.launch\(/ },
  { call: /\.run(?:_server)?\(/, of: /\bDash\(/, isOpen: false, variable: 'HOST', port: 8050 },
  {
    call: /app\w{0,20}\.run\(/i,
    of: /\b(?:Flask|APIFlask|Quart)\(|\bcreate_app\b/,
    isElsewhere: true,
    isOpen: false,
    port: 5000,
    places: [0, 1],
  },
  { call: /\bapp\.run\(/, of: /\bSanic\(/, isElsewhere: true, isOpen: false, port: 8000, places: [0, 1] },
  { call: /\.start\(/, of: /\bRobyn\(/, isOpen: false, variable: 'ROBYN_HOST', port: 8080, places: [0, 1] },
  { call: /\.run\(/, of: /\bfrom taipy(?:\.gui)? import\b/, isOpen: false, port: 5000 },
  { call: /(?:^|\s)serve\(/m, of: /\bfrom fasthtml\.common import\b/, isOpen: true, port: 5001 },
  { call: /\bserve\(/, of: /\bfrom waitress import\b/, isOpen: true, port: 8080 },
  { call: /\bwaitress\.serve\(/, isOpen: true, port: 8080 },
  { call: /\brun_app\(/, of: /\baiohttp\b/, isOpen: true, port: 8080 },
  { call: /\bTCPSite\(/, of: /\baiohttp\b/, isOpen: true, port: 8080, places: [1, 2] },
  { call: /(?:^|\s)(?:bottle\.)?run\(/m, of: /\b(?:import|from) bottle\b/, isOpen: false, port: 8080 },
  { call: /\b\w{1,20}\.run\(/, of: /\bBottle\(/, isOpen: false, port: 8080 },
  { call: /\.(?:listen|bind)\(/, of: /\btornado\b/, isOpen: true, port: 8888, places: [1, 0] },
  { call: /\beventlet\.listen\(/, isOpen: true, port: 8000, places: 'pair' },
  {
    call: /\b(?:HTTP|TCP|ThreadingHTTP|ThreadingTCP|WSGI|Stream|SimpleXMLRPC)Server\(/,
    isOpen: true,
    port: 8000,
    places: 'pair',
  },
  { call: /\bwsgi\.Server\(/, of: /\bcheroot\b/, isOpen: true, port: 8000, places: 'pair' },
  { call: /\brun_simple\(/, of: /\bwerkzeug\b/, isOpen: true, port: 5000, places: [0, 1] },
  {
    call: /\bserve\(/,
    of: /\bimport websockets\b|\bfrom websockets\b/,
    isOpen: true,
    port: 8765,
    places: [1, 2],
  },
  {
    call: /\b(?:asyncio\.start_server|loop\.create_server)\(/,
    isOpen: true,
    isOther: true,
    port: 8888,
    places: [1, 2],
  },
  { call: /\.add_(?:in)?secure_port\(/, isOpen: true, isOther: true, port: 50051 },
  // What is bound and never accepts is a way to be alone, or to look for a free port (Python documentation, "socket").
  { call: /\.bind\((?=\()/, of: /\.accept\(/, isOpen: true, isOther: true, port: 8000, places: 'pair' },
  { call: /\bmake_server\(/, of: /\b(?:wsgiref|werkzeug)\b/, isOpen: true, port: 8000, places: [0, 1] },
];
