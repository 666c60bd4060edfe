package io.agentcraft.testing;

import io.agentcraft.client.time.Scheduler;
import io.agentcraft.testing.internal.form.DeployedForm;
import io.agentcraft.testing.internal.form.DocumentedForm;
import io.agentcraft.testing.internal.form.Form;
import io.agentcraft.testing.internal.protocol.Admission;
import io.agentcraft.testing.internal.protocol.HandshakeGate;
import io.agentcraft.testing.internal.protocol.Hub;
import io.agentcraft.testing.internal.protocol.RateLimiter;
import io.agentcraft.testing.internal.protocol.RequestRouter;
import io.agentcraft.testing.internal.protocol.RestRoutes;
import io.agentcraft.testing.internal.replay.Player;
import io.agentcraft.testing.internal.session.SessionStore;
import io.agentcraft.testing.internal.socket.TrackedSockets;
import io.agentcraft.testing.internal.time.Loop;
import io.agentcraft.testing.internal.time.ServerClock;
import io.agentcraft.testing.internal.time.ThreadScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockWebServer;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a server together from its options, and takes them apart again. */
final class ServerParts {

  final ServerClock clock;
  final Loop loop;
  final Journal journal;
  final Hub hub;
  final HandshakeGate gate = new HandshakeGate();
  final MockWebServer web = new MockWebServer();
  final boolean secure;
  final TrackedSockets sockets;
  private final @Nullable ThreadScheduler ownScheduler;
  private final Set<Player> players = ConcurrentHashMap.newKeySet();

  ServerParts(ReferenceServerBuilder options) {
    Scheduler scheduler = options.scheduler;
    if (scheduler == null) {
      ownScheduler = new ThreadScheduler("agentcraft-reference-server");
      scheduler = ownScheduler;
    } else {
      ownScheduler = null;
    }
    Scheduler time = scheduler;
    secure = options.tls != null;
    sockets = new TrackedSockets(time, secure);
    InstantSource wallClock = options.clock == null ? time::now : options.clock;
    clock = new ServerClock(time, wallClock);
    loop = new Loop(time);
    journal = new Journal(loop, time::now);
    boolean deployed = options.form == WireForm.DEPLOYED;
    Form form = deployed ? new DeployedForm(clock) : new DocumentedForm(clock);
    Hub.Rules rules = new Hub.Rules(
        options.pingInterval,
        options.relaysStatus(),
        options.mapsByClientId(),
        options.garbageReaction == GarbageReaction.CLOSE_1000);
    hub = new Hub(
        loop,
        rules,
        form,
        new SessionStore(clock, deployed),
        new RateLimiter(options.framesPerMinute, time::nanoTime),
        options.encoder,
        journal,
        gate::opened);
    web.setServerSocketFactory(sockets);
    if (options.tls != null) {
      web.useHttps(options.tls);
      if (options.clientCertificate) {
        web.requireClientAuth();
      }
      // A WebSocket needs HTTP/1.1: over HTTP/2 the upgrade doesn't exist.
      web.setProtocols(List.of(Protocol.HTTP_1_1));
    }
    web.setDispatcher(new RequestRouter(
        gate,
        new Admission(options.mounts(), options.clientIdCheck.rule(), options.token),
        options.staticRoutes(),
        new RestRoutes(loop, hub, form, options.encoder),
        sockets,
        hub,
        clock::monotonic,
        options.compression,
        this::forgetRequest));
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

  /** Takes what nobody else will take: the web server queues each request, with its body, before it is answered. */
  private void forgetRequest() {
    try {
      var unused = web.takeRequest(0, TimeUnit.SECONDS);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** Begins with a recording; closing ends it. */
  void play(Player player) {
    players.add(player);
    var unused = player.done().whenComplete((done, failure) -> players.remove(player));
    loop.execute(player::start);
  }

  void close() {
    gate.releaseStalled();
    endAll();
    sockets.open().forEach(socket -> socket.end());
    web.close();
    loop.close();
    if (ownScheduler != null) {
      ownScheduler.close();
    }
  }

  private void endAll() {
    try {
      loop.call(() -> players.forEach(Player::stop));
      journal.open().forEach(ClientConnection::cut);
    } catch (IllegalStateException schedulerIsClosed) {
      // A test that closed its scheduler first: nothing is left that could note how connections
      // end.
    }
  }
}
