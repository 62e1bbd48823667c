// A reporter for Node's test runner that is silent about what went well: it names each test that failed, where it is, and
// how its error begins. `cargo xtask test` repeats this at its end.
import path from 'node:path';

/** So many lines of an error tell what is wrong; the whole of it is where the test ran. */
const LINES = 6;

export default async function* failures(events) {
  for await (const { type, data } of events) {
    // A test that fails because another within it did has nothing of its own to say.
    if (type !== 'test:fail' || data.todo !== undefined || data.details.error.failureType === 'subtestsFailed') continue;
    // The runner wraps what the test threw, which need not be an error.
    const { cause } = data.details.error;
    const lines = String(cause?.message ?? cause).split('\n').filter((line) => line.trim()).slice(0, LINES);
    yield [`${path.basename(data.file)}:${data.line}: ${data.name}`, ...lines.map((line) => `  ${line}`), ''].join('\n');
  }
}
