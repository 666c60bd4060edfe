package io.agentcraft.examples.cli;

import io.agentcraft.examples.cli.CommandRun.Interrupts;
import io.agentcraft.examples.demo.CrewPlayer;
import io.agentcraft.examples.demo.ServerStage;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.examples.live.Text;
import io.agentcraft.examples.live.ThreadScheduler;
import io.agentcraft.examples.page.DashboardPage;
import io.agentcraft.testing.ClientIdCheck;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.ReferenceServerBuilder;
import io.agentcraft.testing.WireForm;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code agentcraft serve}. */
@Command(
    name = "serve",
    description = {
      "Runs the reference server, until Ctrl-C, with a dashboard page at /.",
      "It is for tests and demonstrations, and requires no password. It answers only to localhost",
      "and to the address that it listens on, and only to programs and its own pages.",
      "What it refuses it says here, with the option that allows it."
    },
    exitCodeList = {
      "0:ended by Ctrl-C, or the time was up",
      "1:it could not listen on the port, or failed",
      "2:the arguments are wrong"
    })
final class ServeCommand implements Callable<Integer> {

  /** Slow enough to follow by eye. */
  private static final Duration ROUND = Duration.ofSeconds(40);

  @Mixin
  private final SharedOptions.Port port = new SharedOptions.Port();

  @Option(names = "--crew", description = "Run the demo's crew on it, again and again.")
  private boolean crew;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      description = "The form of the protocol: documented, the default, or deployed.")
  private String form = "documented";

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "The address to listen on, such as 0.0.0.0 for all; by default loopback,"
          + " which only this machine reaches.")
  private @Nullable String bind;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "Answer to this name too, such as the one of a proxy; * for any." + " May be repeated.")
  private List<String> hosts = List.of();

  @Option(
      names = "--allow-origin",
      paramLabel = "ORIGIN",
      description = "Let pages from this origin use the server too, such as"
          + " http://localhost:3000; * for any. May be repeated.")
  private List<String> origins = List.of();

  @Option(
      names = "--any-client-id",
      description = "Accept any client id; the deployed form always does.")
  private boolean anyClientId;

  @Mixin
  private final SharedOptions.Seconds seconds = new SharedOptions.Seconds();

  @Spec
  private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    Duration time = seconds.orNull();
    InetAddress address = address();
    ReferenceServerBuilder options = DashboardPage.addTo(options(address));
    CompletableFuture<Ending> ending = new CompletableFuture<>();
    Interrupts interrupts =
        new Interrupts(signal -> ending.complete(new Ending.Interrupted(signal)));
    try (ThreadScheduler scheduler = new ThreadScheduler(
            "agentcraft-serve", failure -> ending.complete(new Ending.Broken(failure)));
        ReferenceServer server = options.start()) {
      announce(server, address);
      if (crew) {
        var unused = CrewPlayer.repeat(scheduler, new ServerStage(server, () -> true), ROUND)
            .whenComplete((never, failure) -> ending.complete(new Ending.Broken(failure)));
      }
      if (time != null) {
        var unused = scheduler.schedule(time, () -> ending.complete(new Ending.TimeUp()));
      }
      Ending end = ending.join();
      server.closeGracefully();
      return exitCode(end);
    } catch (UncheckedIOException taken) {
      return failed(port.taken(address.getHostAddress(), taken));
    } finally {
      interrupts.close();
    }
  }

  private void announce(ReferenceServer server, InetAddress address) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    // A browser cannot open the wildcard address, which includes localhost.
    String host = address.isAnyLocalAddress() ? "localhost:" + server.port() : "";
    String page = host.isEmpty() ? server.httpUrl() : "http://" + host;
    String socket = host.isEmpty() ? server.url() : "ws://" + host;
    Text.print(
        out,
        "page        " + page + "/",
        "clients     " + socket + wireForm().path() + ", in the " + form.toLowerCase(Locale.ROOT)
            + " form",
        "reached by  "
            + (address.isLoopbackAddress()
                ? "this machine only; --bind ADDRESS lets others in"
                : "everyone who reaches " + address.getHostAddress() + ", without a password"));
    if (crew) {
      Text.print(out, "crew        at work, in rounds of " + ROUND.toSeconds() + " s");
    }
    Text.print(out, "Ctrl-C ends it.");
  }

  private int exitCode(Ending end) {
    if (end instanceof Ending.Broken broken) {
      return failed("This command failed: " + broken.error());
    }
    Text.print(
        Objects.requireNonNull(spec).commandLine().getOut(),
        end instanceof Ending.TimeUp ? "The time is up." : "Ended.");
    return 0;
  }

  private int failed(String message) {
    return CommandRun.failed(Objects.requireNonNull(spec).commandLine(), message);
  }

  private ReferenceServerBuilder options(InetAddress address) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    ReferenceServerBuilder options = ReferenceServer.builder()
        .form(wireForm())
        .port(port.number())
        .bindAddress(address)
        .allowHosts(hosts.toArray(String[]::new))
        .onRefusal(line -> Text.print(out, line));
    if (bind != null) {
      options.allowHosts(bind);
    }
    if (anyClientId) {
      options.clientIdCheck(ClientIdCheck.OFF);
    }
    try {
      return options.allowOrigins(origins.toArray(String[]::new));
    } catch (IllegalArgumentException wrong) {
      throw wrongArgument("--allow-origin is wrong: " + wrong.getMessage());
    }
  }

  private InetAddress address() {
    try {
      return bind == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(bind);
    } catch (UnknownHostException unknown) {
      throw wrongArgument("--bind is " + bind
          + ", which is not an address of this machine. Use for example 0.0.0.0.");
    }
  }

  private WireForm wireForm() {
    return switch (form.toLowerCase(Locale.ROOT)) {
      case "documented" -> WireForm.DOCUMENTED;
      case "deployed" -> WireForm.DEPLOYED;
      default -> throw wrongArgument("--form is " + form + ". Use documented or deployed.");
    };
  }

  private ParameterException wrongArgument(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
