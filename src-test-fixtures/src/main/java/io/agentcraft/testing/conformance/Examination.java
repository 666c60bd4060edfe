package io.agentcraft.testing.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run over one server. Checks run one at a time, in any order; what several need is found out once. */
final class Examination {

  private final Settings settings;
  private @Nullable Survey survey;
  private @Nullable CheckOutcome unreachable;
  private @Nullable Lull lull;
  private @Nullable Settled noLull;

  Examination(Settings settings) {
    this.settings = settings;
  }

  /** Runs checks in turn. */
  ConformanceReport report(
      String url, List<ConformanceCheck> checks, Consumer<CheckResult> progress) {
    List<CheckResult> results = new ArrayList<>();
    for (ConformanceCheck check : checks) {
      long start = System.nanoTime();
      CheckOutcome outcome = examine(check);
      CheckResult result =
          new CheckResult(check, outcome, Duration.ofNanos(System.nanoTime() - start));
      results.add(result);
      progress.accept(result);
    }
    Survey found = survey();
    return found == null
        ? new ConformanceReport(url, null, null, "", results)
        : new ConformanceReport(url, found.place().base(), found.form(), found.evidence(), results);
  }

  /** The survey; null if the server can't be reached. */
  private synchronized @Nullable Survey survey() {
    if (survey == null && unreachable == null) {
      try {
        survey = Survey.of(settings);
      } catch (Settled nobodyThere) {
        unreachable = nobodyThere.outcome();
      }
    }
    return survey;
  }

  synchronized CheckOutcome examine(ConformanceCheck check) {
    Survey found = survey();
    if (found == null) {
      return check == ConformanceCheck.CONNECT && unreachable != null
          ? unreachable
          : new CheckOutcome.NotApplicable(
              "there is no connection; see " + ConformanceCheck.CONNECT.id());
    }
    try (Scene scene = new Scene(settings, found)) {
      return procedure(check).apply(scene);
    } catch (Settled settled) {
      return settled.outcome();
    } catch (RuntimeException broken) {
      if (Thread.currentThread().isInterrupted()) {
        throw broken;
      }
      return new CheckOutcome.Fail("the check to run to its end", "there came " + broken);
    }
  }

  private Function<Scene, CheckOutcome> procedure(ConformanceCheck check) {
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
      case PING_AFTER_SILENCE -> scene -> lull(scene).afterSilence(settings);
      case NO_PING_WHILE_FRAMES_FLOW -> scene -> lull(scene).whileFramesFlow(settings);
      case RATE_LIMIT -> RateCheck::check;
    };
  }

  private Lull lull(Scene scene) {
    if (noLull != null) {
      throw noLull;
    }
    if (lull == null) {
      try {
        lull = Lull.live(scene);
      } catch (Settled settled) {
        noLull = settled;
        throw settled;
      }
    }
    return lull;
  }
}
