import { Input } from './commands/command.ts';
import { Cursors } from './commands/cursors.ts';
import { handshake } from './commands/handshake.ts';
import { Catalog } from './storage/catalog.ts';
import { Database } from './storage/database.ts';
import { doc } from './values/build.ts';
import { Arr, Double } from './values/value.ts';
import { server } from './wire/server.ts';

/**
 * What a driver can have at best of a `findOne`: the store's protocol with one document at hand for every find, and no
 * database. Started by `bench.ts` as `benchFloor.ts <folder>`.
 */
const [folder = ''] = process.argv.slice(2);
let address = '';
const context = {
  catalog: new Catalog(new Database(folder)),
  cursors: new Cursors(),
  address: (): string => address,
};
const found = doc({ _id: 1, key: 'k1', n: 1, text: 'x'.repeat(270) });
const answer = doc({
  cursor: doc({ firstBatch: new Arr([found]), id: 0n, ns: 'bench.docs' }),
  ok: new Double(1),
});
const listening = server(
  (body, connection) => {
    const input = new Input(body, connection);
    return input.name === 'find'
      ? answer
      : doc({ ...handshake[input.name]?.run(input, context), ok: new Double(1) });
  },
  () => undefined,
);
listening.listen(0, '127.0.0.1', () => {
  const bound = listening.address();
  address = `127.0.0.1:${bound && typeof bound === 'object' ? bound.port : 0}`;
  process.send?.({ uri: `mongodb://${address}/?directConnection=true` });
});
process.on('disconnect', () => process.exit(0));
