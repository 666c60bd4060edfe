package io.agentcraft.testing.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentcraft.testing.internal.raw.Frame;
import java.util.List;
import java.util.Optional;

/** The two requests, for sessions that exist and for one that doesn't. */
final class RequestChecks {

  private static final int MOST_LOGS = 50;

  private RequestChecks() {}

  static CheckOutcome logs(Scene scene) {
    String session = existing(scene);
    Fields fields = logsOf(session, scene.line());
    List<Fields> entries = fields.objects("logs");
    if (entries.size() > MOST_LOGS) {
      throw Settled.fail("at most the last 50 logs", "there are " + entries.size());
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
            entries.isEmpty() ? "the session has no logs to see an entry of" : "");
  }

  static CheckOutcome logsOfUnknown(Scene scene) {
    String session = Asking.unknownSession();
    Line line = scene.fresh();
    Fields fields = logsOf(session, line);
    int entries = fields.objects("logs").size();
    if (entries > 0) {
      throw Settled.fail("an empty list of logs", "there are " + entries);
    }
    line.roundTrip();
    long answers =
        line.peer().since(0).stream().filter(Asking.isLogsOf(session)).count();
    if (answers != 1) {
      throw Settled.fail("one answer", "there were " + answers);
    }
    return new CheckOutcome.Pass("");
  }

  static CheckOutcome state(Scene scene) {
    String session = existing(scene);
    Line line = scene.line();
    int mark = line.mark();
    line.send(Asking.state(session));
    Frame answer = line.answer(mark, "session_state for " + session);
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

  static CheckOutcome stateOfUnknown(Scene scene) {
    String session = Asking.unknownSession();
    Line line = scene.line();
    int mark = line.mark();
    line.send(Asking.state(session));
    if (scene.isDeployed()) {
      return notFound(session, line.answer(mark, "session_not_found for " + session));
    }
    line.roundTrip();
    Optional<Frame> answer = line.seen(mark, Asking::isAnswer);
    return answer
        .map(frame -> notFound(session, frame))
        .orElseGet(() -> new CheckOutcome.Pass("no answer"));
  }

  /** Also the documented server may say so: it is what the deployed one is known for, and harms nobody. */
  private static CheckOutcome notFound(String session, Frame answer) {
    Fields ignored = Fields.of(answer, "session_not_found").same("session_id", session);
    Fields.readable(answer);
    return new CheckOutcome.Deviation(KnownDeviation.SESSION_NOT_FOUND);
  }

  private static Fields logsOf(String session, Line line) {
    int mark = line.mark();
    line.send(Asking.logs(session));
    Frame answer = line.expect(
            mark,
            frame -> Asking.isAnswer(frame)
                && (frame.is("session_logs") || frame.text().contains(session)))
        .orElseThrow(() -> Settled.fail("session_logs for " + session, line.came(mark)));
    Fields fields = Fields.of(answer, "session_logs")
        .same("session_id", session)
        .number("timestamp")
        .list("logs");
    Fields.readable(answer);
    return fields;
  }

  private static String existing(Scene scene) {
    return scene
        .session()
        .orElseThrow(() -> Settled.notApplicable(
            "the server named no session; start one there, or name one that it knows"));
  }
}
