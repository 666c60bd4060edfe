package io.agentcraft.testing.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentcraft.testing.WireForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is determined about a server before the checks: its endpoint and the form that it uses.
 *
 * @param endpoint where it answered
 * @param evidence what the form was recognized by
 * @param greeting its first active_sessions; null if there was none
 */
record ServerSurvey(
    Endpoint endpoint,
    WireForm form,
    String evidence,
    @Nullable Frame greeting) {

  /**
   * Surveys a server.
   *
   * @throws CheckEndedException if nothing answers
   */
  static ServerSurvey of(Settings settings) {
    try (Connector connector = settings.connector().get()) {
      List<String> refusals = new ArrayList<>();
      for (Endpoint endpoint : settings.endpoints()) {
        RawConnection raw = connector.open(endpoint);
        Optional<RawConnection.End> refusal = raw.refusal();
        if (refusal.isEmpty()) {
          return look(endpoint, new CheckConnection(raw, settings));
        }
        refusals.add("got " + refused(refusal.get()) + " at " + endpoint);
        int status = refusal.get().status();
        if (status != 403 && status != 404) {
          break;
        }
      }
      throw CheckEndedException.fail(
          "HTTP 101 to the handshake",
          String.join("; ", refusals)
              + ". Check that the server runs, its path, and the credentials");
    }
  }

  static String refused(RawConnection.End refusal) {
    return refusal.status() == 0 ? refusal.reason() : "HTTP " + refusal.status();
  }

  boolean isDeployed() {
    return form == WireForm.DEPLOYED;
  }

  /** Returns the first session in its greeting. */
  Optional<String> session() {
    return Optional.ofNullable(greeting)
        .map(frame -> frame.json().path("data").path("sessions").path(0).path("session_id"))
        .filter(id -> id.isTextual())
        .map(id -> id.textValue());
  }

  private static ServerSurvey look(Endpoint endpoint, CheckConnection connection) {
    connection.send(Requests.state(Requests.unknownSession()));
    connection.send(Requests.startStreaming(Requests.unknownSession()));
    connection.send(Requests.stopStreaming());
    boolean ignored = connection.tryRoundTrip();
    List<Frame> frames = connection.raw().since(0);
    Frame greeting =
        frames.stream().filter(frame -> frame.is("active_sessions")).findFirst().orElse(null);
    FormEvidence evidence = FormEvidence.of(frames, greeting);
    boolean deployedPath = endpoint.base().endsWith(WireForm.DEPLOYED.path());
    return new ServerSurvey(endpoint, evidence.form(deployedPath), evidence.text(), greeting);
  }

  /** Distinguishes the two forms by what only the deployed one sends; the majority of the marks decides. */
  private record FormEvidence(List<String> documented, List<String> deployed) {

    static FormEvidence of(List<Frame> frames, @Nullable Frame greeting) {
      FormEvidence evidence = new FormEvidence(new ArrayList<>(), new ArrayList<>());
      evidence.note(has(frames, "session_not_found"), "an unknown session");
      evidence.note(has(frames, "log_streaming_started"), "the start of a log stream");
      evidence.note(has(frames, "log_streaming_stopped"), "the end of a log stream");
      if (greeting != null) {
        JsonNode session = greeting.json().path("data").path("sessions").path(0);
        if (session.isObject()) {
          evidence.note(session.has("phase") && !session.has("query"), "session phases");
        }
      }
      return evidence;
    }

    WireForm form(boolean deployedPath) {
      boolean isDeployed =
          deployed.size() == documented.size() ? deployedPath : deployed.size() > documented.size();
      return isDeployed ? WireForm.DEPLOYED : WireForm.DOCUMENTED;
    }

    String text() {
      if (deployed.isEmpty()) {
        return "it sends nothing that is not documented";
      }
      String reports = "it reports " + String.join(", ", deployed);
      return documented.isEmpty()
          ? reports
          : reports + ", but not " + String.join(", ", documented);
    }

    private void note(boolean isDeployed, String mark) {
      (isDeployed ? deployed : documented).add(mark);
    }

    private static boolean has(List<Frame> frames, String type) {
      return frames.stream().anyMatch(frame -> frame.is(type));
    }
  }
}
