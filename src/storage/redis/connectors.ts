import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import {
  AbstractConnector,
  type RedisOptions,
  SentinelConnector,
  type StandaloneConnectionOptions,
} from 'ioredis';

/*
 * ioredis' own connectors listen for one error of a socket. A TLS socket that is closed during its handshake may emit two: the
 * certificate's and the other end's alert. The second one would end the process.
 */

class ServerConnector extends AbstractConnector {
  readonly #options: StandaloneConnectionOptions;

  constructor(options: StandaloneConnectionOptions) {
    super(options.disconnectTimeout ?? 0);
    this.#options = options;
  }

  override async connect() {
    const { host = 'localhost', port = 6379, family, tls } = this.#options;
    const address = { host, port, family };
    this.connecting = true;
    this.stream = tls ? connectTls({ ...address, ...tls }) : connect(address);
    return this.stream.on('error', error => {
      this.firstError ??= error;
    });
  }
}

class MasterConnector extends SentinelConnector {
  override async connect(...parameters: Parameters<SentinelConnector['connect']>) {
    const socket = await super.connect(...parameters);
    return socket.on('error', () => {});
  }
}

type Connector = RedisOptions['Connector'];
export const TO_SERVER = ServerConnector as Connector;
/** Asks Sentinels for the master. */
export const TO_MASTER = MasterConnector as Connector;
