/**
 * How a service is started and where it listens, by the Python package that it is made of. Sources: the documentation of
 * each, "Deployment" or the like, as known 2026-11.
 */

/** Frameworks whose application an ASGI or a WSGI server runs; the names of the classes of which the application is one. */
export const applicationClasses = /\b(?:FastAPI|Starlette|Litestar|Quart|Sanic|Flask)\(/;
export const asgiFrameworks: readonly string[] = ['fastapi', 'starlette', 'litestar', 'quart'];
export const wsgiFrameworks: readonly string[] = ['flask', 'django'];

/** Packages that bring their own server. */
export const ownServers: ReadonlyMap<string, { readonly port: number; readonly health: string | undefined }> =
  new Map([
    ['streamlit', { port: 8501, health: '/_stcore/health' }],
    ['gradio', { port: 7860, health: '/' }],
    ['litserve', { port: 8000, health: '/health' }],
  ]);

/** The port of everything else. */
export const usualPort = 8000;
