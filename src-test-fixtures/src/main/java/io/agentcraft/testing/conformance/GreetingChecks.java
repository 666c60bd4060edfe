package io.agentcraft.testing.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentcraft.testing.internal.raw.Frame;

/** What a client meets on connecting. */
final class GreetingChecks {

  private static final String FIRST = "active_sessions at once";

  private GreetingChecks() {}

  static CheckOutcome connect(Scene scene) {
    var ignored = scene.fresh();
    return new CheckOutcome.Pass("");
  }

  static CheckOutcome first(Scene scene) {
    Line line = scene.fresh();
    Frame first =
        line.expect(0, Asking::isPersonal).orElseThrow(() -> Settled.fail(FIRST, line.came(0)));
    if (!first.is("active_sessions")) {
      throw Settled.fail(
          FIRST, Asking.isSync(first) ? line.came(0) : "there came " + first.shown());
    }
    return new CheckOutcome.Pass("");
  }

  static CheckOutcome fields(Scene scene) {
    Frame greeting = scene.survey().greeting();
    if (greeting == null) {
      throw Settled.notApplicable(
          "no active_sessions came; see " + ConformanceCheck.ACTIVE_SESSIONS_FIRST.id());
    }
    Fields data = Fields.of(greeting, "active_sessions")
        .number("timestamp")
        .object("data")
        .number("total_sessions");
    var sessions = data.objects("sessions");
    JsonNode total = data.get("total_sessions");
    if (total.asInt() != sessions.size()) {
      throw Settled.fail(
          "total_sessions to be the number of sessions",
          "it is " + total + " of " + sessions.size());
    }
    Fields.readable(greeting);
    boolean deviates = false;
    for (Fields session : sessions) {
      session.text("session_id");
      if (session.has("phase", "progress") && !session.has("query")) {
        session.text("phase").number("progress", "agents", "started_at");
        deviates = true;
      } else {
        session.text("query", "status").number("agents_active");
      }
    }
    if (deviates) {
      return new CheckOutcome.Deviation(KnownDeviation.SESSION_SUMMARIES);
    }
    return new CheckOutcome.Pass(
        sessions.isEmpty() ? "no session was active to see an entry of" : "");
  }
}
