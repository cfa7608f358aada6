import { gzipSync } from 'node:zlib';
import { Api, extensions, helpers } from 'telegram';
import { machineTime } from '../clock.ts';
import type { AuthKey } from './auth-key.ts';
import { ProtocolError } from './byte-stream.ts';
import type { FullTransport } from './full-transport.ts';

/** What can be written into a message. */
export interface Writable {
  getBytes(): Buffer;
}

/** A request of a client's, with the id that its answer refers to. */
export interface ReceivedRequest {
  id: bigint;
  request: Api.AnyRequest;
}

/** As gramjs reads an object whose class it knows, a container, or something packed. */
interface ReadObject {
  className?: string;
  messages?: { msgId: { toString(): string }; obj: Promise<ReadObject> }[];
  data?: Buffer;
}

const rpcResult = 0xf35c6d01;
const gzipPacked = 0x3072cfa1;
/** Answers from this size on are packed, as Telegram's own are. */
const packedFrom = 2_048;
const wrongSalt = 48;
/** The bad_msg_notification codes for ids of another time: core.telegram.org/mtproto/service_messages_about_messages. */
const tooLow = 16;
const tooHigh = 17;
const wrongRemainder = 18;
const secondsBehind = 300n;
const secondsAhead = 30n;

/** Milliseconds since 1970. Ids of messages are of the machine's time, whatever the simulation's clock says: the client's are. */
const idTime = (): bigint => BigInt(machineTime());

const long = (value: bigint) => helpers.returnBigInt(BigInt.asIntN(64, value).toString());

function bytesAs(value: Buffer): Buffer {
  const short = value.length < 254;
  const head = short
    ? Buffer.from([value.length])
    : Buffer.from([254, value.length & 255, (value.length >> 8) & 255, value.length >> 16]);
  const length = head.length + value.length;
  return Buffer.concat([head, value, Buffer.alloc((4 - (length % 4)) % 4)]);
}

function constructor(code: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(code, 0);
  return buffer;
}

/** The requests of a message: containers and packed ones opened. Throws what gramjs does for what it does not know. */
async function requestsIn(id: bigint, body: Buffer): Promise<{ id: bigint; object: ReadObject }[]> {
  const object = await (new extensions.BinaryReader(body).tgReadObject() as Promise<ReadObject>);
  if (object.messages) {
    const inner: { id: bigint; object: ReadObject }[] = [];
    for (const { msgId, obj } of object.messages) {
      inner.push({ id: BigInt.asUintN(64, BigInt(msgId.toString())), object: await obj });
    }
    return inner;
  }
  if (object.data && object.className === undefined) return await requestsIn(id, object.data);
  return [{ id, object }];
}

/**
 * A connection with its key: MTProto 2.0 over the transport. It keeps the salt, knows the session by its first message, and
 * answers itself what is about messages and not about Telegram (pings, acknowledgements).
 */
export class Connection {
  #transport: FullTransport;
  #key: AuthKey;
  #salt: bigint;
  #session: bigint | null = null;
  #lastId = 0n;
  #lastReceived = 0n;
  #answers = 0;

  constructor(transport: FullTransport, key: AuthKey, salt: bigint) {
    this.#transport = transport;
    this.#key = key;
    this.#salt = salt;
  }

  /** What a packet asks for; nothing when the connection has answered it itself. Throws `ProtocolError`. */
  async read(packet: Buffer): Promise<ReceivedRequest[]> {
    const message = this.#key.open(packet);
    const { id, number } = message;
    const badId = this.#badId(id);
    if (badId !== null) {
      this.#notify(
        message.session,
        new Api.BadMsgNotification({ badMsgId: long(id), badMsgSeqno: number, errorCode: badId }),
      );
      return [];
    }
    if (message.salt !== this.#salt) {
      const newServerSalt = long(this.#salt);
      this.#notify(
        message.session,
        new Api.BadServerSalt({
          badMsgId: long(id),
          badMsgSeqno: number,
          errorCode: wrongSalt,
          newServerSalt,
        }),
      );
      return [];
    }
    if (id <= this.#lastReceived) throw new ProtocolError(`the id ${id} after ${this.#lastReceived}`);
    this.#lastReceived = id;
    if (this.#session !== message.session) {
      this.#session = message.session;
      this.#notify(
        message.session,
        new Api.NewSessionCreated({
          firstMsgId: long(id),
          uniqueId: long(id),
          serverSalt: long(this.#salt),
        }),
      );
    }
    const requests = await requestsIn(id, message.body);
    return requests.flatMap(({ id: requestId, object }) => this.#own(requestId, object));
  }

  /** The answer to a request. */
  answer(to: bigint, result: Writable): void {
    const content = result.getBytes();
    const id = Buffer.alloc(8);
    id.writeBigUInt64LE(to, 0);
    const body =
      content.length < packedFrom
        ? content
        : Buffer.concat([constructor(gzipPacked), bytesAs(gzipSync(content, { level: 1 }))]);
    this.#send(this.#session ?? 0n, Buffer.concat([constructor(rpcResult), id, body]), 1n);
  }

  #own(id: bigint, object: ReadObject): ReceivedRequest[] {
    switch (object.className) {
      case 'MsgsAck':
        return [];
      case 'Ping':
      case 'PingDelayDisconnect': {
        const { pingId } = object as unknown as Api.Ping;
        this.#send(this.#session ?? 0n, new Api.Pong({ msgId: long(id), pingId }).getBytes(), 1n);
        return [];
      }
      default:
        return [{ id, request: object as unknown as Api.AnyRequest }];
    }
  }

  #badId(id: bigint): number | null {
    if (id % 4n !== 0n) return wrongRemainder;
    const now = idTime() / 1000n;
    const seconds = id >> 32n;
    if (seconds < now - secondsBehind) return tooLow;
    return seconds > now + secondsAhead ? tooHigh : null;
  }

  #notify(session: bigint, what: Writable): void {
    this.#send(session, what.getBytes(), 3n);
  }

  /** `kind` is the remainder of the id: 1 answers a request, 3 does not. */
  #send(session: bigint, body: Buffer, kind: 1n | 3n): void {
    const milliseconds = idTime();
    const now = ((milliseconds / 1000n) << 32n) | (((milliseconds % 1000n) * 4_000_000n) & ~3n);
    this.#lastId = now > this.#lastId ? now : this.#lastId + 4n;
    const number = this.#answers * 2 + 1;
    this.#answers += 1;
    const id = this.#lastId + kind;
    this.#transport.send(this.#key.seal({ salt: this.#salt, session, id, number, body }));
  }
}
