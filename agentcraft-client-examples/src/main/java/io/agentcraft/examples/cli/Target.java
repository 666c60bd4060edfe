package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.examples.live.Advice;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The server that a command talks to. */
final class Target {

  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "The server, for example ws://localhost:8000.")
  private @Nullable String url;

  @Mixin
  private final Credentials credentials = new Credentials();

  @Mixin
  private final Network network = new Network();

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  /** Returns the command with this argument. */
  CommandLine command() {
    return Objects.requireNonNull(command).commandLine();
  }

  /** Builds a client; what the builder rejects is a wrong argument. */
  AgentCraftClient client() {
    return client(UnaryOperator.identity());
  }

  /** Builds a client with options of the command; what the builder rejects is a wrong argument. */
  AgentCraftClient client(UnaryOperator<AgentCraftClientBuilder> options) {
    return client(command(), url(), credentials, network, options);
  }

  /** Returns the URL as it was typed. */
  String url() {
    return Objects.requireNonNull(url);
  }

  /** Returns the credentials for the server. */
  Credentials credentials() {
    return credentials;
  }

  /** Returns how the server is reached. */
  Network network() {
    return network;
  }

  /** Builds a client; what the builder rejects is a wrong argument. */
  static AgentCraftClient client(
      CommandLine command,
      String url,
      Credentials credentials,
      Network network,
      UnaryOperator<AgentCraftClientBuilder> options) {
    try {
      AgentCraftClientBuilder builder = AgentCraftClient.builder(url)
          .reconnectPolicy(ExponentialBackoff.defaults().withGiveUpRule(Advice::isFinal));
      credentials.addTo(builder);
      network.addTo(builder);
      return options.apply(builder).build();
    } catch (IllegalArgumentException refused) {
      throw wrong(command, refused);
    }
  }

  /** Converts an error of the SDK to one of the command line. */
  static ParameterException wrong(CommandLine command, IllegalArgumentException refused) {
    String message = refused.getMessage() == null ? refused.toString() : refused.getMessage();
    return new ParameterException(command, Advice.inOptions(message), refused);
  }
}
