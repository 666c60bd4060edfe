package io.agentcraft.examples.cli;

import io.agentcraft.examples.crew.CrewShow;
import io.agentcraft.examples.crew.ServerStage;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.examples.page.DashboardPage;
import io.agentcraft.examples.time.ThreadScheduler;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.ReferenceServerBuilder;
import io.agentcraft.testing.WireForm;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
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
      "Runs the reference server on its own, until Ctrl-C, with a dashboard page at /.",
      "It asks nobody for a password, and is for tests and demonstrations."
    },
    exitCodeList = {
      "0:ended by Ctrl-C, or the time was up",
      "1:it could not listen, or broke",
      "2:the arguments are wrong"
    })
public final class ServeCommand implements Callable<Integer> {

  /** Slow enough to read along. */
  private static final Duration ROUND = Duration.ofSeconds(40);

  @Mixin
  private final Port port = new Port();

  @Option(names = "--crew", description = "Let the crew of the demo work on it, again and again.")
  private boolean crew;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      description = "What it speaks: documented, the default, or deployed.")
  private String form = "documented";

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "The address to listen on, such as 0.0.0.0 for all; by default loopback,"
          + " which only this machine reaches.")
  private @Nullable String bind;

  @Mixin
  private final Length length = new Length();

  @Spec
  private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    Duration time = length.orNull();
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
        var unused = new CrewShow(scheduler, new ServerStage(server, () -> true), ROUND)
            .start()
            .whenComplete((never, failure) -> ending.complete(new Ending.Broken(failure)));
      }
      if (time != null) {
        var unused = scheduler.schedule(time, () -> ending.complete(new Ending.TimeUp()));
      }
      return exitCode(ending.join());
    } catch (UncheckedIOException taken) {
      return failed(port.taken(address.getHostAddress(), taken));
    } finally {
      interrupts.close();
    }
  }

  private void announce(ReferenceServer server, InetAddress address) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    // A browser can't go to "any address", but that includes this one.
    String host = address.isAnyLocalAddress() ? "localhost:" + server.port() : "";
    String page = host.isEmpty() ? server.httpUrl() : "http://" + host;
    String socket = host.isEmpty() ? server.url() : "ws://" + host;
    out.println("page        " + page + "/");
    out.println("clients     " + socket + wireForm().path() + ", in the "
        + form.toLowerCase(Locale.ROOT) + " form");
    out.println("reached by  "
        + (address.isLoopbackAddress()
            ? "this machine only; --bind ADDRESS lets others in"
            : "everyone who reaches " + address.getHostAddress() + ", without a password"));
    if (crew) {
      out.println("crew        at work, in rounds of " + ROUND.toSeconds() + " s");
    }
    out.println("Ctrl-C ends it.");
    out.flush();
  }

  private int exitCode(Ending end) {
    if (end instanceof Ending.Broken broken) {
      return failed("It broke: " + broken.error());
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println(end instanceof Ending.TimeUp ? "The time is up." : "Ended.");
    out.flush();
    return 0;
  }

  private int failed(String message) {
    return Stay.failed(Objects.requireNonNull(spec).commandLine(), message);
  }

  private ReferenceServerBuilder options(InetAddress address) {
    return ReferenceServer.builder().form(wireForm()).port(port.number()).bindAddress(address);
  }

  private InetAddress address() {
    try {
      return bind == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(bind);
    } catch (UnknownHostException unknown) {
      throw wrongArgument(
          "--bind is " + bind + ", which is no address of this machine. Use for example 0.0.0.0.");
    }
  }

  private WireForm wireForm() {
    return switch (form.toLowerCase(Locale.ROOT)) {
      case "documented" -> WireForm.DOCUMENTED;
      case "deployed" -> WireForm.DEPLOYED;
      default ->
        throw wrongArgument("--form is " + form + ", but there are documented and deployed.");
    };
  }

  private ParameterException wrongArgument(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
