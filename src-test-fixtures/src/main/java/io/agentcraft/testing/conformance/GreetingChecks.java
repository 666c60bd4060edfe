package io.agentcraft.testing.conformance;

import com.fasterxml.jackson.databind.JsonNode;

/** What a client receives when it connects. */
final class GreetingChecks {

  private static final String FIRST = "active_sessions at once";

  private GreetingChecks() {}

  static CheckOutcome connect(CheckContext context) {
    var ignored = context.fresh();
    return new CheckOutcome.Pass("");
  }

  static CheckOutcome first(CheckContext context) {
    CheckConnection connection = context.fresh();
    Frame first = connection
        .expect(0, Requests::isPersonal)
        .orElseThrow(() -> CheckEndedException.fail(FIRST, connection.received(0)));
    if (!first.is("active_sessions")) {
      throw CheckEndedException.fail(
          FIRST, Requests.isSync(first) ? connection.received(0) : "got " + first.shown());
    }
    return new CheckOutcome.Pass("");
  }

  static CheckOutcome fields(CheckContext context) {
    Frame greeting = context.survey().greeting();
    if (greeting == null) {
      throw CheckEndedException.notApplicable(
          "no active_sessions was received; see " + ConformanceCheck.ACTIVE_SESSIONS_FIRST.id());
    }
    Fields data = Fields.of(greeting, "active_sessions")
        .number("timestamp")
        .object("data")
        .number("total_sessions");
    var sessions = data.objects("sessions");
    JsonNode total = data.get("total_sessions");
    if (total.asInt() != sessions.size()) {
      throw CheckEndedException.fail(
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
        sessions.isEmpty() ? "no session was active, so no entry was checked" : "");
  }
}
