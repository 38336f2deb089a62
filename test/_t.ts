import { ownFiles } from './corpus/files.ts';
import { mutate } from './server/mutations.ts';
import { createRandom } from './server/texts.ts';
import { parseDockerfile } from '../server/src/syntax/parse.ts';
import { createInstructionCache } from '../server/src/syntax/instruction-cache.ts';
const random = createRandom(7); let n=0;
for (const {name,text} of ownFiles) { let c=text; for (let r=0;r<60;r++){ c = mutate(r%5===0?text:c, random); const a=parseDockerfile(c).instructions, b=parseDockerfile(c,createInstructionCache()).instructions; a.forEach((x,i)=>{ const s=JSON.stringify(x), t=JSON.stringify(b[i]); if(s!==t && n++<3){ let k=0; while(s[k]===t[k])k++; console.log(name,r,JSON.stringify(x.node.text),'\n', s.slice(k-100,k+100),'\n',t.slice(k-100,k+100)); } }) } }
console.log(n);
