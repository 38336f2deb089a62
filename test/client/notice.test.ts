// What a notification says while work goes on.
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { createNotice, lastLine } from '../../client/src/ui/notice.ts';

test('the last line that says something is looked for', () => {
  assert.equal(lastLine('> docker build .\n'), undefined);
  assert.equal(lastLine('#7 [3/7] RUN make\n#6 DONE 0.2s\n#8 CACHED\n'), undefined);
  assert.equal(
    lastLine('#7 0.31 Collecting torch\n#7 12.4 \x1b[2mDownloading torch\x1b[0m (779 MB)\n\n'),
    'Downloading torch (779 MB)',
  );
  assert.equal(lastLine('copying a\r\ncopying b'), 'copying b');
});

test('the step is shown at once, and its time and what it printed every five seconds', () => {
  mock.timers.enable({ apis: ['setInterval', 'Date'] });
  try {
    const shown: unknown[] = [];
    const notice = createNotice((said) => shown.push(said));
    notice.step({ text: '3/7 RUN make', share: 0.25 });
    notice.print('#7 1.2 compiling\n');
    assert.deepEqual(shown.splice(0), [{ text: '3/7 RUN make', share: 0.25 }]);
    mock.timers.tick(5_000);
    assert.deepEqual(shown.splice(0), [{ text: '3/7 RUN make · 5.0 s · compiling', share: 0.25 }]);
    notice.step({ text: '4/7 COPY . .' });
    mock.timers.tick(70_000);
    assert.deepEqual(shown.at(-1), { text: '4/7 COPY . . · 1 min' });
    shown.length = 0;
    notice.end();
    mock.timers.tick(10_000);
    assert.deepEqual(shown, []);
  } finally {
    mock.timers.reset();
  }
});
