/** An SMTP server on loopback that keeps what it takes and fails as told. */
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/**
 * refuse  a reply at that step: 4xx or 5xx
 * hang    takes the whole body and never answers; `taken`: it is delivered all the same
 * drop    closes the connection at that step
 */
export type SmtpFault =
  | {
      readonly fault: 'refuse';
      readonly at: 'connect' | 'mail' | 'rcpt' | 'data';
      readonly code: number;
      readonly text?: string;
    }
  | { readonly fault: 'hang'; readonly taken: boolean }
  | { readonly fault: 'drop'; readonly at: 'connect' | 'rcpt' | 'data'; readonly taken?: boolean };

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

export interface SmtpSink {
  /** `smtp://127.0.0.1:port` */
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  /** For the next conversations, one each. */
  next(...faults: SmtpFault[]): void;
  close(): Promise<void>;
}

export async function startSmtpSink(): Promise<SmtpSink> {
  const received: ReceivedMail[] = [];
  const faults: SmtpFault[] = [];
  const ofSession = new Map<string, SmtpFault>();
  const sockets = new Map<string, Socket>();

  /** True when the fault of this conversation was acted on here. */
  function acted(
    step: 'connect' | 'mail' | 'rcpt' | 'data',
    session: SMTPServerSession,
    reply: (error: Error) => void,
  ): boolean {
    const fault = ofSession.get(session.id);
    if (!fault || fault.fault === 'hang' || fault.at !== step) return false;
    if (fault.fault === 'drop') cut(session);
    else reply(Object.assign(new Error(fault.text ?? 'refused'), { responseCode: fault.code }));
    return true;
  }

  function cut(session: SMTPServerSession): void {
    for (const connection of server.connections) {
      if (connection.session.id === session.id) sockets.get(session.id)?.destroy();
    }
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onConnect(session, done) {
      const fault = faults.shift();
      if (fault) ofSession.set(session.id, fault);
      const socket = [...open].find((one) => one.remotePort === session.remotePort);
      if (socket) sockets.set(session.id, socket);
      if (!acted('connect', session, done)) done();
    },
    onMailFrom(_address, session, done) {
      if (!acted('mail', session, done)) done();
    },
    onRcptTo(_address, session, done) {
      if (!acted('rcpt', session, done)) done();
    },
    onAuth(auth, _session, done) {
      done(null, { user: auth.username });
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const fault = ofSession.get(session.id);
        const keeps = fault === undefined || (fault.fault !== 'refuse' && fault.taken === true);
        if (keeps) received.push(mailOf(session, Buffer.concat(parts)));
        if (fault?.fault === 'hang') return;
        if (!acted('data', session, done)) done();
      });
    },
  });
  const open = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;

  return {
    url: `smtp://127.0.0.1:${String(port)}`,
    received,
    next: (...more) => void faults.push(...more),
    close() {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function mailOf(session: SMTPServerSession, raw: Buffer): ReceivedMail {
  const from = session.envelope.mailFrom;
  return {
    from: from ? from.address : '',
    to: session.envelope.rcptTo.map((one) => one.address),
    raw: raw.toString('utf8'),
  };
}
