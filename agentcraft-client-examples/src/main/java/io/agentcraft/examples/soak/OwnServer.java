package io.agentcraft.examples.soak;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.testing.Faults;
import io.agentcraft.testing.ReferenceServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import okhttp3.OkHttpClient;

/** The reference server in this process, with its own fault controls. */
final class OwnServer implements SoakServer {

  private static final String SESSION = "session_soak";
  private static final String AGENT = "Soaker";
  private static final int UPDATES = 10;

  /** Short, so that a half-open connection is detected soon. */
  private static final Duration WEB_SOCKET_PING = Duration.ofSeconds(2);

  private final OkHttpClient http;
  private ReferenceServer server = start(0);
  private Iterator<Fault> faults = Collections.emptyIterator();

  OwnServer(OkHttpClient http) {
    this.http = http;
  }

  @Override
  public String url() {
    return server.url();
  }

  @Override
  public AgentCraftClientBuilder options() {
    return AgentCraftClient.builder(url())
        .okHttpClient(http)
        .webSocketPingInterval(WEB_SOCKET_PING)
        // Rounds are shorter than the time after which the backoff is reset.
        .backoffResetAfter(Duration.ZERO)
        .framesPerMinute(AgentCraftClientBuilder.UNLIMITED_FRAMES)
        .reconnectPolicy(ExponentialBackoff.defaults()
            .withDelays(Duration.ofMillis(100), Duration.ofSeconds(2))
            .withMaxAttempts(ExponentialBackoff.UNLIMITED));
  }

  @Override
  public Duration rest() {
    return Duration.ofSeconds(1);
  }

  @Override
  public String sessionId() {
    return SESSION;
  }

  @Override
  public void traffic() {
    for (int i = 0; i < UPDATES; i++) {
      server.agentStatus("soaker", AGENT, AgentStatus.PROCESSING, i * 10, "Step " + i);
    }
    server.appendLog(SESSION, "info", AGENT, "One round more");
    server.collaboration(AGENT, "Reviewer", "For the sake of it");
  }

  /** Injects each fault once before any is repeated. */
  @Override
  public String injectFault(Fleet fleet, Random random) {
    if (!faults.hasNext()) {
      List<Fault> all = new ArrayList<>(List.of(Fault.values()));
      Collections.shuffle(all, random);
      faults = all.iterator();
    }
    Fault fault = faults.next();
    boolean allBack = fault.inject(server.faults(), fleet);
    return fault.name().toLowerCase(Locale.ROOT) + (allBack ? "" : LOST);
  }

  @Override
  public void heal() {
    server.faults().healAll();
  }

  /** The reference server remembers every connection and frame for its tests, so another one replaces it. */
  @Override
  public void restart(Fleet fleet) {
    List<Integer> mark = fleet.mark();
    int port = server.port();
    server.close();
    server = start(port);
    var unused = fleet.awaitBack(mark);
  }

  @Override
  public void close() {
    server.close();
  }

  private static ReferenceServer start(int port) {
    ReferenceServer server =
        ReferenceServer.builder().port(port).unlimitedFrames().start();
    server.startSession(SESSION, "Does anything grow?", AGENT, "Reviewer");
    return server;
  }

  /** What can go wrong for all clients at once. */
  private enum Fault {
    /** End of stream, no close frame. */
    CUT {
      @Override
      boolean inject(Faults faults, Fleet fleet) {
        List<Integer> mark = fleet.mark();
        faults.cutConnections();
        return fleet.awaitBack(mark);
      }
    },
    /** TCP reset. */
    RESET {
      @Override
      boolean inject(Faults faults, Fleet fleet) {
        List<Integer> mark = fleet.mark();
        faults.resetConnections();
        return fleet.awaitBack(mark);
      }
    },
    /** A graceful restart. */
    CLOSE_1012 {
      @Override
      boolean inject(Faults faults, Fleet fleet) {
        List<Integer> mark = fleet.mark();
        faults.closeConnections(1012, "Service restart");
        return fleet.awaitBack(mark);
      }
    },
    /** Nothing passes in either direction, until WebSocket pings detect it. */
    HALF_OPEN {
      @Override
      boolean inject(Faults faults, Fleet fleet) {
        List<Integer> mark = fleet.mark();
        faults.wire().halfOpen();
        return fleet.awaitBack(mark);
      }
    },
    /** Everything that the server sends is late, until the round is over. */
    LATENCY {
      @Override
      boolean inject(Faults faults, Fleet fleet) {
        faults.wire().latency(Duration.ofMillis(50));
        return true;
      }
    },
    /** A text frame that is not JSON: an error at each client, and nothing else. */
    GARBAGE {
      @Override
      boolean inject(Faults faults, Fleet fleet) {
        faults.frames().garbage();
        return true;
      }
    },
    /** Cut, and the first attempt of each client to reconnect is refused with 503. */
    REFUSED_503 {
      @Override
      boolean inject(Faults faults, Fleet fleet) {
        List<Integer> mark = fleet.mark();
        faults.refuseNextHandshakes(fleet.size(), 503);
        faults.cutConnections();
        return fleet.awaitBack(mark);
      }
    },
    /** Cut, and the port is closed until no client is connected any more. */
    PORT_CLOSED {
      @Override
      boolean inject(Faults faults, Fleet fleet) {
        List<Integer> mark = fleet.mark();
        faults.refuseConnections();
        faults.cutConnections();
        boolean allNoticed = fleet.awaitNoneConnected();
        faults.acceptConnections();
        return fleet.awaitBack(mark) && allNoticed;
      }
    };

    /** Injects the fault and waits for the clients; returns {@code false} if not all reconnected in time. */
    abstract boolean inject(Faults faults, Fleet fleet);
  }
}
