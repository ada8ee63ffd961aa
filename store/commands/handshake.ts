import { clock } from '../clock.ts';
import { notDone } from '../storeError.ts';
import { date, doc } from '../values/build.ts';
import { Arr } from '../values/value.ts';
import { MAX_DOCUMENT } from '../values/writeBson.ts';
import { MAX_MESSAGE } from '../wire/message.ts';
import { command, type Command, type Context, type Fields, type Input } from './command.ts';

const VERSION = '7.0.0';

/** https://www.mongodb.com/docs/manual/reference/command/hello/ ; a replica set of one, so that retried writes are sent. */
function hello(input: Input, context: Context): Fields {
  const me = context.address();
  const legacy = input.name !== 'hello';
  return {
    helloOk: legacy ? true : undefined,
    [legacy ? 'ismaster' : 'isWritablePrimary']: true,
    secondary: false,
    setName: 'store',
    setVersion: 1,
    hosts: new Arr([me]),
    primary: me,
    me,
    maxBsonObjectSize: MAX_DOCUMENT,
    maxMessageSizeBytes: MAX_MESSAGE,
    maxWriteBatchSize: 100_000,
    localTime: date(clock.now()),
    logicalSessionTimeoutMinutes: 30,
    connectionId: input.connection,
    minWireVersion: 0,
    maxWireVersion: 21,
    readOnly: false,
  };
}

const greeting = command(
  `helloOk client compression loadBalanced saslSupportedMechs hostInfo topologyVersion maxAwaitTimeMS
  speculativeAuthenticate backpressure`,
  hello,
);

function featureVersion(input: Input): Fields {
  if (input.body.get('getParameter') !== 1 || !input.flag('featureCompatibilityVersion'))
    throw notDone('getParameter of anything but featureCompatibilityVersion');
  return { featureCompatibilityVersion: doc({ version: '7.0' }) };
}

/** The commands a driver opens a connection with, and those that tell about the server. */
export const handshake: Record<string, Command> = {
  hello: greeting,
  ismaster: greeting,
  ping: command('', () => ({})),
  endSessions: command('', () => ({})),
  getParameter: command('featureCompatibilityVersion', featureVersion, true),
  connectionStatus: command('showPrivileges', () => ({
    authInfo: doc({ authenticatedUsers: new Arr([]), authenticatedUserRoles: new Arr([]) }),
  })),
  buildInfo: command('', () => ({
    version: VERSION,
    gitVersion: 'store',
    modules: new Arr(['store']),
    versionArray: new Arr(VERSION.split('.').concat('0').map(Number)),
    bits: 64,
    debug: false,
    maxBsonObjectSize: MAX_DOCUMENT,
  })),
  serverStatus: command('', (_input, context) => ({
    host: context.address(),
    version: VERSION,
    process: 'store',
    pid: BigInt(process.pid),
    uptime: Math.floor(process.uptime()),
    localTime: date(clock.now()),
    mem: doc({ bits: 64, resident: Math.round(process.memoryUsage.rss() / 2 ** 20) }),
  })),
  hostInfo: command('', (_input, context) => ({
    system: doc({ currentTime: date(clock.now()), hostname: context.address(), cpuAddrSize: 64 }),
    os: doc({ type: process.platform }),
    extra: doc({}),
  })),
};
