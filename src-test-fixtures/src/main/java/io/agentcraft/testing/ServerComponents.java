package io.agentcraft.testing;

import io.agentcraft.client.time.Scheduler;
import io.agentcraft.testing.internal.protocol.ServerClock;
import io.agentcraft.testing.internal.socket.TrackedSocket;
import io.agentcraft.testing.internal.socket.TrackedSockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockWebServer;
import okhttp3.Protocol;
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
    sockets = new TrackedSockets(scheduler, secure);
    clock = new ServerClock(scheduler, options.clock == null ? scheduler::now : options.clock);
    loop = new Loop(scheduler);
    journal = new Journal(scheduler::now);
    hub = new Hub(options, loop, clock, journal, gate);
    web.setServerSocketFactory(sockets);
    if (options.tls != null) {
      web.useHttps(options.tls);
      if (options.clientCertificate) {
        web.requireClientAuth();
      }
      // A WebSocket needs HTTP/1.1: HTTP/2 has no upgrade.
      web.setProtocols(List.of(Protocol.HTTP_1_1));
    }
    web.setDispatcher(new RequestRouter(options, gate, sockets, clock, hub, this::forgetRequest));
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

  void close() {
    gate.releaseStalled();
    endAll();
    sockets.open().forEach(TrackedSocket::end);
    web.close();
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
