// Loaded ahead of each test file: all of them load the same hundreds of modules, and what was made of one is kept. Node's
// variable would do the same for the programs under test, which are to start as they do for users.
import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { cache } from './cache.ts';

enableCompileCache(path.join(cache, 'compiled'));
