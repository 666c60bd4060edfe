package io.agentcraft.testing.conformance;

import io.agentcraft.client.connection.ClientIds;
import java.util.Optional;

/** What one check works with. Closing it ends all connections. */
final class CheckContext implements AutoCloseable {

  private final Settings settings;
  private final ServerSurvey survey;
  private final Connector connector;

  CheckContext(Settings settings, ServerSurvey survey) {
    this.settings = settings;
    this.survey = survey;
    this.connector = settings.connector().get();
  }

  Settings settings() {
    return settings;
  }

  Connector connector() {
    return connector;
  }

  boolean isDeployed() {
    return survey.isDeployed();
  }

  ServerSurvey survey() {
    return survey;
  }

  /** Returns a session that the server knows. */
  Optional<String> session() {
    return Optional.ofNullable(settings.session()).or(survey::session);
  }

  /** Sends a handshake, which may be refused. */
  RawConnection tryOpen(String clientId) {
    return connector.open(survey.endpoint(), clientId);
  }

  /** Opens a connection on which nothing was sent yet. */
  CheckConnection fresh(String clientId) {
    RawConnection raw = tryOpen(clientId);
    raw.refusal().ifPresent(refusal -> {
      throw CheckEndedException.fail(
          "HTTP 101 to the handshake of " + clientId, "got " + ServerSurvey.refused(refusal));
    });
    return new CheckConnection(raw, settings);
  }

  CheckConnection fresh() {
    return fresh(ClientIds.create());
  }

  /** Opens a connection, and checks that the server answers on it. */
  CheckConnection connection() {
    return connection(ClientIds.create());
  }

  CheckConnection connection(String clientId) {
    CheckConnection connection = fresh(clientId);
    connection.firstRoundTrip();
    return connection;
  }

  @Override
  public void close() {
    connector.close();
  }
}
