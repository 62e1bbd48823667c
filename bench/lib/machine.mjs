// The machine that measures, in words.
import os from 'node:os';

const [cpu] = os.cpus();
export const machine = `${os.cpus().length} cores (${cpu?.model.trim()}), ${Math.round(os.totalmem() / 2 ** 30)} GiB of memory, ${os.type()}, Node ${process.version}`;
