package io.agentcraft.examples.soak;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.ExponentialBackoff;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;

/** Somebody else's server: nothing is done to it, only our own sockets are cut. */
final class ForeignServer implements Site {

  private final String url;
  private final OkHttpClient http;
  private final CuttableSockets sockets;
  private final Consumer<AgentCraftClientBuilder> credentials;

  ForeignServer(
      String url,
      OkHttpClient http,
      CuttableSockets sockets,
      Consumer<AgentCraftClientBuilder> credentials) {
    this.url = url;
    this.http = http;
    this.sockets = sockets;
    this.credentials = credentials;
  }

  @Override
  public String url() {
    return url;
  }

  /** The protocol's own pace and limits, and jitter so that the clients do not come back all at once. */
  @Override
  public AgentCraftClientBuilder options() {
    AgentCraftClientBuilder options = AgentCraftClient.builder(url)
        .okHttpClient(http)
        .requestTimeout(Duration.ofSeconds(30))
        .reconnectPolicy(ExponentialBackoff.defaults()
            .withMaxAttempts(ExponentialBackoff.UNLIMITED)
            .withJitter(0.5));
    credentials.accept(options);
    return options;
  }

  /** Each client asks once a round: far below the 60 frames a minute that the server takes. */
  @Override
  public Duration rest() {
    return Duration.ofSeconds(5);
  }

  @Override
  public String sessionId() {
    return "session_soak";
  }

  @Override
  public void traffic() {}

  @Override
  public String strike(Fleet fleet, Random random) {
    boolean reset = random.nextBoolean();
    int cut = sockets.cutHalf(random, reset);
    boolean allBack = fleet.awaitAllConnected();
    return (reset ? "reset of " : "cut of ") + cut + " client sockets" + (allBack ? "" : LOST);
  }

  @Override
  public void heal() {}

  @Override
  public void renew(Fleet fleet) {}

  @Override
  public void close() {}
}
