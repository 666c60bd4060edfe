package io.agentcraft.testing.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** The two requests, for a session that exists and for one that doesn't. */
final class RequestChecks {

  private static final int MOST_LOGS = 50;

  private RequestChecks() {}

  static CheckOutcome logs(CheckContext context) {
    String session = existing(context);
    Fields fields = logsOf(session, context.connection());
    List<Fields> entries = fields.objects("logs");
    if (entries.size() > MOST_LOGS) {
      throw CheckEndedException.fail("at most the last 50 logs", "there are " + entries.size());
    }
    boolean deviates = false;
    for (Fields entry : entries) {
      if (entry.has("type") && !entry.has("level")) {
        entry.number("timestamp").text("type");
        deviates = true;
      } else {
        entry.text("timestamp", "level", "message");
      }
    }
    return deviates
        ? new CheckOutcome.Deviation(KnownDeviation.LOG_ENTRIES)
        : new CheckOutcome.Pass(
            entries.isEmpty() ? "the session has no logs, so no entry was checked" : "");
  }

  static CheckOutcome logsOfUnknown(CheckContext context) {
    String session = Requests.unknownSession();
    CheckConnection connection = context.fresh();
    Fields fields = logsOf(session, connection);
    int entries = fields.objects("logs").size();
    if (entries > 0) {
      throw CheckEndedException.fail("an empty list of logs", "there are " + entries);
    }
    connection.roundTrip();
    long answers =
        connection.raw().since(0).stream().filter(Requests.isLogsOf(session)).count();
    if (answers != 1) {
      throw CheckEndedException.fail("one answer", "there were " + answers);
    }
    return new CheckOutcome.Pass("");
  }

  static CheckOutcome state(CheckContext context) {
    String session = existing(context);
    CheckConnection connection = context.connection();
    int mark = connection.mark();
    connection.send(Requests.state(session));
    Frame answer = connection.answer(mark, "session_state for " + session);
    Fields state = Fields.of(answer, "session_state")
        .same("session_id", session)
        .number("timestamp")
        .object("state")
        .same("session_id", session)
        .text("query", "current_phase")
        .number("overall_progress")
        .list("crew_output");
    boolean lowerCase = false;
    for (Fields agent : state.objects("active_agents")) {
      agent.text("agent_name", "status").number("progress");
      JsonNode status = agent.get("status");
      lowerCase |= status.textValue().chars().anyMatch(Character::isLowerCase);
    }
    Fields.readable(answer);
    return lowerCase
        ? new CheckOutcome.Deviation(KnownDeviation.LOWER_CASE_STATUSES)
        : new CheckOutcome.Pass("");
  }

  static CheckOutcome stateOfUnknown(CheckContext context) {
    String session = Requests.unknownSession();
    CheckConnection connection = context.connection();
    int mark = connection.mark();
    connection.send(Requests.state(session));
    if (context.isDeployed()) {
      return notFound(session, connection.answer(mark, "session_not_found for " + session));
    }
    connection.roundTrip();
    Optional<Frame> answer = connection.seen(mark, Requests::isAnswer);
    return answer
        .map(frame -> notFound(session, frame))
        .orElseGet(() -> new CheckOutcome.Pass("no answer"));
  }

  /** A server of the documented form may send this too: it is a known deviation, and harmless. */
  private static CheckOutcome notFound(String session, Frame answer) {
    Fields ignored = Fields.of(answer, "session_not_found").same("session_id", session);
    Fields.readable(answer);
    return new CheckOutcome.Deviation(KnownDeviation.SESSION_NOT_FOUND);
  }

  private static Fields logsOf(String session, CheckConnection connection) {
    int mark = connection.mark();
    connection.send(Requests.logs(session));
    Frame answer = connection
        .expect(
            mark,
            frame -> Requests.isAnswer(frame)
                && (frame.is("session_logs") || frame.text().contains(session)))
        .orElseThrow(() ->
            CheckEndedException.fail("session_logs for " + session, connection.received(mark)));
    Fields fields = Fields.of(answer, "session_logs")
        .same("session_id", session)
        .number("timestamp")
        .list("logs");
    Fields.readable(answer);
    return fields;
  }

  private static String existing(CheckContext context) {
    return context
        .session()
        .orElseThrow(() -> CheckEndedException.notApplicable(
            "the server named no session; start one there, or name one that it knows"));
  }
}
