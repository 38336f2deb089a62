/**
 * Modules of the standard library that Python 3 has under other names alone, without those that people name their own so. Source:
 * Python documentation, "What's New In Python 3.0" and the documentation of lib2to3, as known 2026-11.
 */
export const modulesOfPython2: ReadonlySet<string> = new Set(
  'urllib2 urlparse httplib ConfigParser Queue StringIO cStringIO cPickle Tkinter tkMessageBox tkFileDialog HTMLParser Cookie cookielib BaseHTTPServer SimpleHTTPServer SocketServer xmlrpclib robotparser htmlentitydefs __builtin__ UserDict md5 sha sgmllib htmllib mimetools rfc822 anydbm'.split(
    ' ',
  ),
);

/**
 * Packages of which no release is for Python 3. Source: `setup.py` of each on PyPI, which Python 3 does not read or which ends
 * there, as known 2026-11.
 */
export const packagesOfPython2: ReadonlySet<string> = new Set(['beautifulsoup', 'mysql-python']);
