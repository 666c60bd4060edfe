package io.agentcraft.examples.soak;

import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.examples.live.Advice;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Lets many clients live through rounds of messages and faults. A round is over when every client is connected and has
 * got the answer to a question of its own, so that nothing is lost unnoticed.
 */
public final class SoakRun {

  private final SoakPlan plan;
  private final Consumer<AgentCraftClientBuilder> credentials;
  private final Gate gate;
  private final Progress progress;
  private final Random random;
  private final Map<String, Integer> strikes = new TreeMap<>();
  private final Measurements measured = new Measurements();
  private int rounds;
  private @Nullable String problem;

  /**
   * Makes a run.
   *
   * @param plan what it does
   * @param credentials gives the clients of somebody else's server what it asks for
   * @param gate ends it from outside
   * @param progress told after each round
   */
  public SoakRun(
      SoakPlan plan, Consumer<AgentCraftClientBuilder> credentials, Gate gate, Progress progress) {
    this.plan = plan;
    this.credentials = credentials;
    this.gate = gate;
    this.progress = progress;
    this.random = new Random(plan.seed());
  }

  /**
   * Runs to the end, or until the gate stops it.
   *
   * @return what was found out
   * @throws IllegalArgumentException if the URL is none
   */
  public SoakReport run() {
    CuttableSockets sockets = new CuttableSockets();
    OkHttpClient http = sharedBy(plan.clients(), sockets);
    try (Site site = plan.url() == null
            ? new OwnServer(http)
            : new ForeignServer(plan.url(), http, sockets, credentials);
        Fleet fleet = new Fleet(plan.clients(), site::options, gate)) {
      live(site, fleet);
      return report(site, fleet);
    } finally {
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }

  private void live(Site site, Fleet fleet) {
    progress.show("connecting " + fleet.size() + " clients to " + site.url());
    if (!fleet.connect()) {
      note(fleet, "after connecting");
    }
    round(site, fleet, false);
    measure(site, fleet);
    boolean halfWay = false;
    while (goesOn(1.0)) {
      round(site, fleet, plan.faults());
      rounds++;
      progress.show(line(fleet));
      if (!halfWay && !goesOn(0.5)) {
        halfWay = true;
        measure(site, fleet);
      }
      if (plan.length() != null) {
        gate.pause(site.rest());
      }
    }
    if (!gate.isStopped() && problem == null) {
      site.renew(fleet);
    }
    measured.takeEnd();
  }

  private void round(Site site, Fleet fleet, boolean faults) {
    if (problem != null || gate.isStopped()) {
      return;
    }
    site.traffic();
    fleet.publish(random);
    if (faults) {
      String strike = site.strike(fleet, random);
      strikes.merge(strike.replace(Site.LOST, "").replaceAll(" \\d+", ""), 1, Integer::sum);
      site.traffic();
      if (strike.endsWith(Site.LOST)) {
        note(fleet, "after " + strike);
      }
    }
    boolean answered = fleet.askAll(site.sessionId());
    site.heal();
    if (!fleet.awaitAllConnected() || !answered) {
      note(fleet, "at the end of round " + (rounds + 1));
    }
  }

  private void measure(Site site, Fleet fleet) {
    if (problem == null && !gate.isStopped()) {
      site.renew(fleet);
      round(site, fleet, false);
      measured.takeNext();
    }
  }

  private boolean goesOn(double share) {
    if (problem != null || gate.isStopped()) {
      return false;
    }
    Duration length = plan.length();
    return length == null
        ? rounds < plan.rounds() * share
        : measured.elapsed().toMillis() < length.toMillis() * share;
  }

  /** A client that does not come back is what the run is there to find. */
  private void note(Fleet fleet, String when) {
    if (problem == null && !gate.isStopped()) {
      problem = "Only " + fleet.connected() + " of " + fleet.size()
          + " clients were connected and answered in time " + when + "."
          + fleet.trouble().map(cause -> " " + words(cause)).orElse("");
    }
  }

  private static String words(DisconnectCause cause) {
    return "The last that was heard: " + cause.description() + "."
        + Advice.on(cause).map(" "::concat).orElse("");
  }

  private String line(Fleet fleet) {
    Tallies.Counts counts = fleet.counts();
    return String.format(
        "%5d s  round %d  connected %d of %d  messages %d  reconnects %d  errors %d",
        measured.elapsed().toSeconds(),
        rounds,
        fleet.connected(),
        fleet.size(),
        counts.messages(),
        counts.reconnects(),
        counts.errorCount());
  }

  private SoakReport report(Site site, Fleet fleet) {
    Tallies.Counts counts = fleet.counts();
    return new SoakReport(
        site.url(),
        plan,
        measured.elapsed(),
        rounds,
        fleet.connected(),
        counts.messages(),
        counts.reconnects(),
        counts.errors(),
        Map.copyOf(strikes),
        measured.start(),
        measured.middle(),
        measured.end(),
        gate.isStopped(),
        problem,
        measured.sockets());
  }

  /** Every open WebSocket counts as one of the dispatcher's calls; posts come on top. */
  private static OkHttpClient sharedBy(int clients, CuttableSockets sockets) {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(2 * clients + 64);
    dispatcher.setMaxRequestsPerHost(2 * clients + 64);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .socketFactory(sockets)
        .build();
  }
}
