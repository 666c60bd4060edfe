package io.agentcraft.examples.soak;

import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.examples.live.Advice;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Runs many clients through rounds of messages and faults. A round is over when every client is connected and has
 * received the answer to a request of its own, so that no loss goes unnoticed.
 */
public final class SoakRun {

  private final Plan plan;
  private final Consumer<AgentCraftClientBuilder> credentials;
  private final UnaryOperator<OkHttpClient.Builder> network;
  private final Gate gate;
  private final Consumer<String> progress;
  private final Random random;
  private final Map<String, Integer> faults = new TreeMap<>();
  private final Meter meter = new Meter();
  private int rounds;
  private @Nullable String problem;

  /**
   * What a run is to do.
   *
   * @param url the server; {@code null} to start one in this process
   * @param clients how many clients, at least 1
   * @param length how long it lasts; {@code null} if rounds are counted
   * @param rounds how many rounds, without a pause in between; ignored if there is a length
   * @param faults whether to inject faults
   * @param seed determines the order of the faults
   */
  public record Plan(
      @Nullable String url,
      int clients,
      @Nullable Duration length,
      int rounds,
      boolean faults,
      long seed) {}

  /**
   * Creates a run.
   *
   * @param plan what it does
   * @param credentials adds credentials to the clients of a server elsewhere
   * @param network how to reach a server elsewhere
   * @param gate stops it from outside
   * @param progress receives a line without a line end after each round
   */
  public SoakRun(
      Plan plan,
      Consumer<AgentCraftClientBuilder> credentials,
      UnaryOperator<OkHttpClient.Builder> network,
      Gate gate,
      Consumer<String> progress) {
    this.plan = plan;
    this.credentials = credentials;
    this.network = network;
    this.gate = gate;
    this.progress = progress;
    this.random = new Random(plan.seed());
  }

  /**
   * Runs to the end, or until the gate stops it.
   *
   * @return the report
   * @throws IllegalArgumentException if the URL is invalid
   */
  public SoakReport run() {
    SoakServer.CuttableSockets sockets = new SoakServer.CuttableSockets();
    OkHttpClient.Builder shared = sharedBy(plan.clients(), sockets);
    OkHttpClient http = (plan.url() == null ? shared : network.apply(shared)).build();
    try (SoakServer server = plan.url() == null
            ? new OwnServer(http)
            : new SoakServer.Foreign(plan.url(), http, sockets, credentials);
        Fleet fleet = new Fleet(plan.clients(), server::options, gate)) {
      run(server, fleet);
      return report(server, fleet);
    } finally {
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }

  private void run(SoakServer server, Fleet fleet) {
    progress.accept("connecting " + fleet.size() + " clients to " + server.url());
    if (!fleet.connect()) {
      note(fleet, "after connecting");
    }
    round(server, fleet, false);
    measure(server, fleet);
    boolean halfWay = false;
    while (goesOn(1.0)) {
      round(server, fleet, plan.faults());
      rounds++;
      progress.accept(line(fleet));
      if (!halfWay && !goesOn(0.5)) {
        halfWay = true;
        measure(server, fleet);
      }
      if (plan.length() != null) {
        gate.pause(server.rest());
      }
    }
    if (!gate.isStopped() && problem == null) {
      server.restart(fleet);
    }
    meter.takeEnd();
  }

  private void round(SoakServer server, Fleet fleet, boolean withFault) {
    if (problem != null || gate.isStopped()) {
      return;
    }
    server.traffic();
    fleet.publish(random);
    if (withFault) {
      String fault = server.injectFault(fleet, random);
      faults.merge(fault.replace(SoakServer.LOST, "").replaceAll(" \\d+", ""), 1, Integer::sum);
      server.traffic();
      if (fault.endsWith(SoakServer.LOST)) {
        note(fleet, "after " + fault);
      }
    }
    boolean answered = fleet.askAll(server.sessionId());
    server.heal();
    if (!fleet.awaitAllConnected() || !answered) {
      note(fleet, "at the end of round " + (rounds + 1));
    }
  }

  private void measure(SoakServer server, Fleet fleet) {
    if (problem == null && !gate.isStopped()) {
      server.restart(fleet);
      round(server, fleet, false);
      meter.takeNext();
    }
  }

  private boolean goesOn(double share) {
    if (problem != null || gate.isStopped()) {
      return false;
    }
    Duration length = plan.length();
    return length == null
        ? rounds < plan.rounds() * share
        : meter.elapsed().toMillis() < length.toMillis() * share;
  }

  /** A client that does not reconnect is what the run is meant to find. */
  private void note(Fleet fleet, String when) {
    if (problem == null && !gate.isStopped()) {
      problem = "Only " + fleet.connected() + " of " + fleet.size()
          + " clients were connected and answered in time " + when + "."
          + fleet.trouble().map(cause -> " " + describe(cause)).orElse("");
    }
  }

  private static String describe(DisconnectCause cause) {
    return "The last cause: " + Advice.sentences(cause);
  }

  private String line(Fleet fleet) {
    Fleet.Counts counts = fleet.counts();
    return String.format(
        Locale.ROOT,
        "%5d s  round %d  connected %d of %d  messages %d  reconnects %d  errors %d",
        meter.elapsed().toSeconds(),
        rounds,
        fleet.connected(),
        fleet.size(),
        counts.messages(),
        counts.reconnects(),
        counts.errorCount());
  }

  private SoakReport report(SoakServer server, Fleet fleet) {
    Fleet.Counts counts = fleet.counts();
    return new SoakReport(
        server.url(),
        plan,
        meter.elapsed(),
        rounds,
        fleet.connected(),
        counts.messages(),
        counts.reconnects(),
        counts.errors(),
        Map.copyOf(faults),
        meter.start(),
        meter.middle(),
        meter.end(),
        gate.isStopped(),
        problem,
        meter.sockets());
  }

  /** Every open WebSocket counts as a call of the dispatcher; posts come on top. */
  private static OkHttpClient.Builder sharedBy(int clients, SoakServer.CuttableSockets sockets) {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(2 * clients + 64);
    dispatcher.setMaxRequestsPerHost(2 * clients + 64);
    return new OkHttpClient.Builder().dispatcher(dispatcher).socketFactory(sockets);
  }
}
