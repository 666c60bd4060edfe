package io.agentcraft.testing.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentcraft.testing.WireForm;
import io.agentcraft.testing.internal.raw.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the two forms apart by what only the deployed one sends; the greater part of the marks decides. */
record FormEvidence(List<String> documented, List<String> deployed) {

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
      return "it says nothing that the document does not have";
    }
    String tells = "it tells of " + String.join(", ", deployed);
    return documented.isEmpty() ? tells : tells + ", but not of " + String.join(", ", documented);
  }

  private void note(boolean isDeployed, String mark) {
    (isDeployed ? deployed : documented).add(mark);
  }

  private static boolean has(List<Frame> frames, String type) {
    return frames.stream().anyMatch(frame -> frame.is(type));
  }
}
