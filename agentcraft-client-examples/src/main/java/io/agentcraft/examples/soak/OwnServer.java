package io.agentcraft.examples.soak;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.testing.ReferenceServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import okhttp3.OkHttpClient;

/** The reference server in this process, struck with its own fault kit. */
final class OwnServer implements Site {

  private static final String SESSION = "session_soak";
  private static final String AGENT = "Soaker";
  private static final int UPDATES = 10;

  /** Short, so that a half-open connection is found soon. */
  private static final Duration WEB_SOCKET_PING = Duration.ofSeconds(2);

  private final OkHttpClient http;
  private ReferenceServer server = begin(0);
  private Iterator<Strike> strikes = Collections.emptyIterator();

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
        // Rounds follow one another faster than a connection is taken for a stable one.
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

  /** Each strike comes once before one comes again. */
  @Override
  public String strike(Fleet fleet, Random random) {
    if (!strikes.hasNext()) {
      List<Strike> all = new ArrayList<>(List.of(Strike.values()));
      Collections.shuffle(all, random);
      strikes = all.iterator();
    }
    Strike strike = strikes.next();
    boolean allBack = strike.hit(server.faults(), fleet);
    return strike.name().toLowerCase(Locale.ROOT) + (allBack ? "" : LOST);
  }

  @Override
  public void heal() {
    server.faults().healAll();
  }

  /** The reference server remembers every connection and frame for its tests: another takes its place. */
  @Override
  public void renew(Fleet fleet) {
    List<Integer> mark = fleet.mark();
    int port = server.port();
    server.close();
    server = begin(port);
    var unused = fleet.awaitBack(mark);
  }

  @Override
  public void close() {
    server.close();
  }

  private static ReferenceServer begin(int port) {
    ReferenceServer server =
        ReferenceServer.builder().port(port).unlimitedFrames().start();
    server.startSession(SESSION, "Does anything grow?", AGENT, "Reviewer");
    return server;
  }
}
