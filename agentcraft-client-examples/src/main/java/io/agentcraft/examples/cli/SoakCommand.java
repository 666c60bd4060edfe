package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.examples.cli.CommandRun.Interrupts;
import io.agentcraft.examples.live.Text;
import io.agentcraft.examples.soak.Gate;
import io.agentcraft.examples.soak.SoakReport;
import io.agentcraft.examples.soak.SoakRun;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code agentcraft soak URL}. */
@Command(
    name = "soak",
    description = {
      "Runs many clients through messages and faults for a long time, and reports whether memory,"
          + " threads or sockets grew.",
      "All clients share one OkHttpClient. Without a URL the reference server runs in this process."
    },
    exitCodeList = {
      "0:nothing grew, and all clients are connected",
      "1:something grew, or a client was lost",
      "2:the arguments are wrong",
      "130:ended by Ctrl-C before the end, with the report so far"
    })
final class SoakCommand implements Callable<Integer> {

  private static final int MAX_CLIENTS = 10_000;

  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      description = "The server, for example ws://localhost:8000.")
  private @Nullable String url;

  @Option(
      names = "--self",
      description = "Run the reference server in this process, as without a URL.")
  private boolean self;

  @Option(
      names = "--clients",
      paramLabel = "N",
      description = "The number of clients, 1 to 10000; 20 by default.")
  private int clients = 20;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "How long to run; 1 by default, fractions are allowed.")
  private @Nullable Double minutes;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      description = "Instead of --minutes: the number of rounds of messages, faults and answers,"
          + " without a pause in between.")
  private @Nullable Integer rounds;

  @Option(
      names = "--faults",
      description =
          "Inject one fault in each round. On the server in this process: connections cut,"
              + " reset, closed with 1012 or half-open, latency, garbage, handshakes refused with 503,"
              + " the port closed. With a URL nothing is done to the server: about half of the clients'"
              + " own sockets are cut or reset.")
  private boolean faults;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Determines the order of the faults; 1 by default.")
  private long seed = 1;

  @Mixin
  private final Credentials credentials = new Credentials();

  @Mixin
  private final Network network = new Network();

  @Mixin
  private final HttpBase httpBaseUrl = new HttpBase();

  @Spec
  private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    SoakRun.Plan plan = plan();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Gate gate = new Gate();
    Interrupts interrupts = new Interrupts(signal -> gate.stop());
    SoakReport report;
    try (ProgressLine progress = ProgressLine.to(out)) {
      report = new SoakRun(plan, this::addTo, network::addTo, gate, progress::show).run();
    } catch (IllegalArgumentException refused) {
      throw Target.wrong(Objects.requireNonNull(spec).commandLine(), refused);
    } finally {
      interrupts.close();
    }
    Text.print(out, report.lines().toArray(String[]::new));
    return report.verdict().exitCode();
  }

  private void addTo(AgentCraftClientBuilder options) {
    credentials.addTo(options);
    httpBaseUrl.addTo(options);
  }

  private SoakRun.Plan plan() {
    if (self && url != null) {
      throw wrong("--self runs a server in this process: leave out the URL.");
    }
    if (clients < 1 || clients > MAX_CLIENTS) {
      throw wrong("--clients is " + clients + ", but must be 1 to " + MAX_CLIENTS + ".");
    }
    if (minutes != null && rounds != null) {
      throw wrong("Give --minutes or --rounds, not both.");
    }
    if (rounds != null) {
      if (rounds < 2) {
        throw wrong("--rounds is " + rounds + ", but must be 2 or more.");
      }
      return new SoakRun.Plan(url, clients, null, rounds, faults, seed);
    }
    double length = minutes == null ? 1 : minutes;
    if (!(length > 0 && length <= 60 * 24 * 365)) {
      throw wrong("--minutes is " + length + ", but must be more than 0, and a year at most.");
    }
    return new SoakRun.Plan(
        url, clients, Duration.ofMillis(Math.round(length * 60_000)), 0, faults, seed);
  }

  private ParameterException wrong(String what) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), what);
  }
}
