package io.agentcraft.testing.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run of the checks against one server. Checks run one at a time, in any order; what several need is determined once. */
final class CheckRun {

  private final Settings settings;
  private @Nullable ServerSurvey survey;
  private @Nullable CheckOutcome unreachable;
  private @Nullable PingWait pingWait;
  private @Nullable CheckEndedException noPingWait;

  CheckRun(Settings settings) {
    this.settings = settings;
  }

  /** Runs checks one after the other. */
  ConformanceReport report(
      String url, List<ConformanceCheck> checks, Consumer<CheckResult> progress) {
    List<CheckResult> results = new ArrayList<>();
    for (ConformanceCheck check : checks) {
      long start = System.nanoTime();
      CheckOutcome outcome = run(check);
      CheckResult result =
          new CheckResult(check, outcome, Duration.ofNanos(System.nanoTime() - start));
      results.add(result);
      progress.accept(result);
    }
    ServerSurvey found = survey();
    return found == null
        ? new ConformanceReport(url, null, null, "", results)
        : new ConformanceReport(
            url, found.endpoint().base(), found.form(), found.evidence(), results);
  }

  /** The survey; null if the server can't be reached. */
  private synchronized @Nullable ServerSurvey survey() {
    if (survey == null && unreachable == null) {
      try {
        survey = ServerSurvey.of(settings);
      } catch (CheckEndedException unreachableServer) {
        unreachable = unreachableServer.outcome();
      }
    }
    return survey;
  }

  synchronized CheckOutcome run(ConformanceCheck check) {
    ServerSurvey found = survey();
    if (found == null) {
      return check == ConformanceCheck.CONNECT && unreachable != null
          ? unreachable
          : new CheckOutcome.NotApplicable(
              "there is no connection; see " + ConformanceCheck.CONNECT.id());
    }
    try (CheckContext context = new CheckContext(settings, found)) {
      return procedure(check).apply(context);
    } catch (CheckEndedException ended) {
      return ended.outcome();
    } catch (RuntimeException broken) {
      if (Thread.currentThread().isInterrupted()) {
        throw broken;
      }
      return new CheckOutcome.Fail("the check to complete", "got " + broken);
    }
  }

  private Function<CheckContext, CheckOutcome> procedure(ConformanceCheck check) {
    return switch (check) {
      case CONNECT -> GreetingChecks::connect;
      case ACTIVE_SESSIONS_FIRST -> GreetingChecks::first;
      case ACTIVE_SESSIONS_FIELDS -> GreetingChecks::fields;
      case SESSION_LOGS -> RequestChecks::logs;
      case SESSION_LOGS_UNKNOWN -> RequestChecks::logsOfUnknown;
      case SESSION_STATE -> RequestChecks::state;
      case SESSION_STATE_UNKNOWN -> RequestChecks::stateOfUnknown;
      case LOG_STREAMING_START -> StreamingChecks::start;
      case LOG_STREAMING_STOP -> StreamingChecks::stop;
      case PONG -> FrameChecks::pong;
      case UNKNOWN_FRAME -> FrameChecks::unknown;
      case MALFORMED_FRAME -> FrameChecks::malformed;
      case ID_REFUSAL -> ClientChecks::idRefusal;
      case ISOLATION -> ClientChecks::isolation;
      case STATUS_RELAY -> PublishingChecks::relay;
      case STATUS_BROADCAST -> PublishingChecks::broadcast;
      case RECONNECT_SAME_ID -> ClientChecks::sameId;
      case RECONNECT_OVERLAPPING -> ClientChecks::overlapping;
      case PING_AFTER_SILENCE -> context -> pingWait(context).afterSilence(settings);
      case NO_PING_WHILE_FRAMES_FLOW -> context -> pingWait(context).whileFramesFlow(settings);
      case RATE_LIMIT -> FrameChecks::rateLimit;
    };
  }

  private PingWait pingWait(CheckContext context) {
    if (noPingWait != null) {
      throw noPingWait;
    }
    if (pingWait == null) {
      try {
        pingWait = PingWait.observe(context);
      } catch (CheckEndedException ended) {
        noPingWait = ended;
        throw ended;
      }
    }
    return pingWait;
  }
}
