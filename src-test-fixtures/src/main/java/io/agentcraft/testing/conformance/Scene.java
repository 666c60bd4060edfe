package io.agentcraft.testing.conformance;

import io.agentcraft.client.connection.ClientIds;
import io.agentcraft.testing.internal.raw.Network;
import io.agentcraft.testing.internal.raw.Peer;
import java.util.Optional;

/** What one check has to work with. All connections end with it. */
final class Scene implements AutoCloseable {

  private final Settings settings;
  private final Survey survey;
  private final Network network;

  Scene(Settings settings, Survey survey) {
    this.settings = settings;
    this.survey = survey;
    this.network = settings.network().get();
  }

  Settings settings() {
    return settings;
  }

  Network network() {
    return network;
  }

  boolean isDeployed() {
    return survey.isDeployed();
  }

  Survey survey() {
    return survey;
  }

  /** A session that the server knows. */
  Optional<String> session() {
    return Optional.ofNullable(settings.session()).or(survey::session);
  }

  /** Tries a handshake, which may be refused. */
  Peer knock(String clientId) {
    return network.open(survey.place(), clientId);
  }

  /** An open connection on which nothing was sent yet. */
  Line fresh(String clientId) {
    Peer peer = knock(clientId);
    peer.refusal().ifPresent(refusal -> {
      throw Settled.fail(
          "HTTP 101 to the handshake of " + clientId, "there came " + Survey.refused(refusal));
    });
    return new Line(peer, settings);
  }

  Line fresh() {
    return fresh(ClientIds.create());
  }

  /** A connection that has proved to answer. */
  Line line() {
    return line(ClientIds.create());
  }

  Line line(String clientId) {
    Line line = fresh(clientId);
    line.firstRoundTrip();
    return line;
  }

  @Override
  public void close() {
    network.close();
  }
}
