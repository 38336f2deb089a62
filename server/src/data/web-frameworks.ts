/**
 * How a service is started and where it listens, by the Python package that it is made of. Sources: the documentation of
 * each, "Deployment" or the like, as known 2026-11.
 */

/** Calls that make an application for a server of ASGI, and for one of WSGI. */
export const asgiClasses =
  /\b(?:(?:FastAPI|Starlette|Litestar|Quart|ProtocolTypeRouter)\(|get_asgi_application\()/;
export const wsgiClasses = /\b(?:(?:Flask|APIFlask)\(|get_wsgi_application\()/;
export const asgiFrameworks: readonly string[] = ['fastapi', 'starlette', 'litestar', 'quart'];
export const wsgiFrameworks: readonly string[] = ['flask', 'apiflask', 'django', 'dash'];

/** Packages that bring their own server. */
export const ownServers: ReadonlyMap<string, { readonly port: number; readonly health: string | undefined }> =
  new Map([
    ['streamlit', { port: 8501, health: '/_stcore/health' }],
    ['gradio', { port: 7860, health: '/' }],
    ['litserve', { port: 8000, health: '/health' }],
  ]);

/** The port of everything else. */
export const usualPort = 8000;
