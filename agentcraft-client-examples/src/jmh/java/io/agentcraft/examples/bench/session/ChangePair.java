package io.agentcraft.examples.bench.session;

import com.sun.management.ThreadMXBean;
import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.view.TrackingBoard;
import io.agentcraft.examples.bench.frames.Workload;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Frames that are decoded and heard as changes, and the same frames that are decoded and heard as they are, in turn for about
 * a millisecond each. Measured is the processor time of the thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@SuppressWarnings("NullAway.Init") // JMH fills the fields
public class ChangePair {

  private static final int CHARS_A_TURN = 400_000;
  private static final int AGENTS = 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What is told. */
  public enum Story {
    /** Each {@code agent_status} has another progress. */
    STATUS {
      @Override
      List<String> frames() {
        String frame = Workload.STATUS.frames().get(0);
        return IntStream.range(0, AGENTS)
            .mapToObj(i -> frame.replaceFirst("\"progress\": [0-9.]+", "\"progress\": " + i))
            .toList();
      }
    },
    /** In each snapshot of a session, one of twenty agents has another progress. */
    SNAPSHOT {
      @Override
      List<String> frames() {
        List<String> frames = new ArrayList<>();
        double[] progress = new double[AGENTS];
        for (int i = 0; i < 2 * AGENTS; i++) {
          progress[i % AGENTS] += 10;
          frames.add(snapshot(progress));
        }
        return frames;
      }
    };

    abstract List<String> frames();

    private static String snapshot(double[] progress) {
      String agents = String.join(
          ", ", IntStream.range(0, AGENTS).mapToObj(i -> agent(i, progress[i])).toList());
      return ("{\"type\": \"agent_status_update\", \"session_id\": \"session_1\", \"timestamp\": 1795389935.9541955,"
              + " \"state\": {\"session_id\": \"session_1\", \"query\": \"How do I fix webhook errors?\","
              + " \"total_agents\": 20, \"active_agents\": [%s], \"completed_agents\": [],"
              + " \"current_phase\": \"execution\", \"overall_progress\": 10.5,"
              + " \"started_at\": 1795389935.851984, \"estimated_completion\": null, \"crew_output\": []}}")
          .formatted(agents);
    }

    private static String agent(int index, double progress) {
      return String.format(
          Locale.ROOT,
          "{\"agent_id\": \"agent_%d\", \"agent_name\": \"Technical Integration Specialist %d\","
              + " \"status\": \"processing\", \"current_task\": \"Analyzing part %d of the webhook configuration\","
              + " \"progress\": %.1f, \"details\": \"step 2 of the plan\", \"started_at\": 1795389935.85197,"
              + " \"updated_at\": 1795389936.9540923}",
          index,
          index,
          index,
          progress);
    }
  }

  /** What is told. */
  @Param
  public Story story;

  private final MessageCodec codec = MessageCodec.create();
  private final TrackingBoard board = TrackingBoard.create(InstantSource.system());
  private List<String> frames;
  private int rounds;

  /** What each took. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Taken {
    /** Processor time with changes. */
    public long changeNanos;

    /** Processor time without. */
    public long plainNanos;

    /** How many frames each was given. */
    public long frames;
  }

  /** Makes the frames, and listens. */
  @Setup
  public void prepare(Blackhole hole) {
    frames = story.frames();
    rounds = Math.max(1, CHARS_A_TURN / frames.stream().mapToInt(String::length).sum());
    board.onAgentChange(change -> {
      hole.consume(change.now().progress());
      hole.consume(change.now().message());
    });
    board.onSessionChange(hole::consume);
  }

  /** One turn of each. */
  @Benchmark
  public void turns(Taken taken, Blackhole hole) {
    long nanos = THREADS.getCurrentThreadCpuTime();
    turn(board::accept);
    long midNanos = THREADS.getCurrentThreadCpuTime();
    turn(message -> {
      if (message instanceof AgentStatusUpdate update) {
        hole.consume(update.progress());
        hole.consume(update.message());
      } else {
        hole.consume(message);
      }
    });
    taken.plainNanos += THREADS.getCurrentThreadCpuTime() - midNanos;
    taken.changeNanos += midNanos - nanos;
    taken.frames += (long) rounds * frames.size();
  }

  private void turn(Consumer<ServerMessage> listener) {
    for (int i = 0; i < rounds; i++) {
      for (String frame : frames) {
        listener.accept(codec.decodeServer(frame));
      }
    }
  }
}
