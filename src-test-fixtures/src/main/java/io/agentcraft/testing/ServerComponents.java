package io.agentcraft.testing;

import io.agentcraft.client.time.Scheduler;
import io.agentcraft.testing.internal.protocol.ServerClock;
import io.agentcraft.testing.internal.socket.TrackedSockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.MockWebServer;
import org.jspecify.annotations.Nullable;

/** Builds the components of a server from its options, and shuts them down. */
final class ServerComponents {

  final ServerClock clock;
  final Loop loop;
  final Journal journal;
  final HandshakeGate gate = new HandshakeGate();
  final Hub hub;
  final TrackedSockets sockets;
  final MockWebServer web = new MockWebServer();
  final boolean secure;
  private final @Nullable ThreadScheduler ownScheduler;
  private final Set<Replay> replays = ConcurrentHashMap.newKeySet();

  /** One thread for each connection on which something is written at the moment. */
  private final ExecutorService writers = new ThreadPoolExecutor(
      0,
      Integer.MAX_VALUE,
      5,
      TimeUnit.SECONDS,
      new SynchronousQueue<>(),
      task -> {
        Thread thread = new Thread(task, "agentcraft-reference-server-writer");
        thread.setDaemon(true);
        return thread;
      },
      // Nobody receives what is written while closing.
      new ThreadPoolExecutor.DiscardPolicy());

  ServerComponents(ReferenceServerBuilder options) {
    Scheduler scheduler;
    if (options.scheduler == null) {
      ThreadScheduler own = new ThreadScheduler("agentcraft-reference-server");
      ownScheduler = own;
      scheduler = own;
    } else {
      ownScheduler = null;
      scheduler = options.scheduler;
    }
    secure = options.tls != null;
    SSLSocketFactory tls = options.tls;
    sockets = new TrackedSockets(
        scheduler,
        tls == null ? null : tcp -> encrypted(tcp, tls, options.clientCertificate),
        options.mostWaiting,
        options.waitLimit);
    clock = new ServerClock(scheduler, options.clock == null ? scheduler::now : options.clock);
    loop = new Loop(scheduler);
    journal = new Journal(scheduler::now);
    hub = new Hub(options, loop, clock, journal, gate);
    web.setServerSocketFactory(sockets);
    Refusals refusals = new Refusals(options.refusalListener, scheduler::nanoTime);
    Handshakes handshakes = new Handshakes(options, clock, hub, refusals, writers);
    RestRoutes rest = new RestRoutes(hub, options.encoder);
    web.setDispatcher(
        new RequestRouter(options, gate, sockets, refusals, handshakes, rest, this::forgetRequest));
    try {
      web.start(options.bindAddress, options.port);
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(
          "The reference server can't listen on " + options.bindAddress.getHostAddress() + ":"
              + options.port + ". Leave the port out to get a free one.",
          e);
    }
  }

  /** The web server sees only what was decrypted, so that requests can be checked before it reads them. */
  private static Socket encrypted(Socket tcp, SSLSocketFactory tls, boolean clientCertificate)
      throws IOException {
    SSLSocket socket = (SSLSocket)
        tls.createSocket(tcp, tcp.getInetAddress().getHostAddress(), tcp.getPort(), true);
    socket.setUseClientMode(false);
    socket.setNeedClientAuth(clientCertificate);
    return socket;
  }

  /** Takes what nobody else takes: the web server queues each request, with its body, before it is answered. */
  private void forgetRequest() {
    try {
      var unused = web.takeRequest(0, TimeUnit.SECONDS);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts a replay; closing ends it. */
  void start(Replay replay) {
    replays.add(replay);
    var unused = replay.done().whenComplete((done, failure) -> replays.remove(replay));
    loop.execute(replay::start);
  }

  /** Closes all connections with 1001 and gives their clients some time to answer. */
  void stop(Duration grace) {
    sockets.refuse();
    long deadline = System.nanoTime() + grace.toNanos();
    try {
      for (ClientConnection connection : journal.open()) {
        connection.close(1001, "The server is stopping");
      }
      boolean inTime = true;
      for (ClientConnection connection : journal.open()) {
        inTime = inTime && connection.awaitEnd(deadline - System.nanoTime());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  void close() {
    gate.releaseStalled();
    endAll();
    sockets.open().forEach(socket -> socket.tcp().end());
    web.close();
    writers.shutdown();
    loop.close();
    if (ownScheduler != null) {
      ownScheduler.close();
    }
  }

  private void endAll() {
    try {
      replays.forEach(Replay::stop);
      journal.open().forEach(ClientConnection::cut);
    } catch (IllegalStateException schedulerIsClosed) {
      // A test closed its scheduler first: nothing can record how the connections end.
    }
  }
}
