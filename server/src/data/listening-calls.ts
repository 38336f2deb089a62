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
  /** Host and port come in this place, or stand in a pair at the beginning. */
  readonly places?: readonly [host: number, port: number] | 'pair';
}

/** Source: the documentation of each, of the function with its defaults. */
export const listeningCalls: readonly ListeningCall[] = [
  { call: /\buvicorn\.run\(/, isOpen: false, port: 8000 },
  { call: /\bhypercorn\.run\(/, isOpen: false, port: 8000 },
  { call: /\bsocketio\.run\(/, isOpen: false, port: 5000, places: [1, 2] },
  { call: /\bui\.run\(/, of: /\bnicegui\b/, isOpen: true, port: 8080 },
  { call: /\.launch\(/, of: /\bgradio\b/, isOpen: false, variable: 'GRADIO_SERVER_NAME', port: 7860 },
  { call: /\.run(?:_server)?\(/, of: /\bDash\(/, isOpen: false, variable: 'HOST', port: 8050 },
  {
    call: /app\w{0,20}\.run\(/i,
    of: /\b(?:Flask|APIFlask|Quart)\(|\bcreate_app\b/,
    isElsewhere: true,
    isOpen: false,
    port: 5000,
    places: [0, 1],
  },
  { call: /\bapp\.run\(/, of: /\bSanic\(/, isOpen: false, port: 8000, places: [0, 1] },
  { call: /\bserve\(/, of: /\bfrom waitress import\b/, isOpen: true, port: 8080 },
  { call: /\bwaitress\.serve\(/, isOpen: true, port: 8080 },
  { call: /\bweb\.run_app\(/, of: /\baiohttp\b/, isOpen: true, port: 8080 },
  { call: /(?:^|\s)(?:bottle\.)?run\(/m, of: /\b(?:import|from) bottle\b/, isOpen: false, port: 8080 },
  {
    call: /\b(?:HTTP|TCP|ThreadingHTTP|ThreadingTCP|WSGI)Server\(/,
    isOpen: true,
    port: 8000,
    places: 'pair',
  },
  { call: /\.listen\(/, of: /\btornado\b/, isOpen: true, port: 8888, places: [1, 0] },
  { call: /\.add_(?:in)?secure_port\(/, isOpen: true, port: 50051 },
  { call: /\bmake_server\(/, of: /\bwsgiref\b/, isOpen: true, port: 8000, places: [0, 1] },
];
